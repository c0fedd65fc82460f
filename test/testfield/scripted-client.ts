import { randomUUID } from 'node:crypto';
import { nativeSign } from '#libs/native-signing';
import {
  type Answer,
  CroftError,
  hexToBytes,
  isDue,
  type KeyPair,
  limits,
  lotOf,
  type PlotRegistration,
  type PlotTask,
  plotRegistration,
  type RoundMessage,
  type SignedAnswer,
  type SignedReceipt,
  signedAnswer,
  subChallenge,
  type Task,
  type Verdict,
} from '#libs/protocol';
import type { Behaviour } from './behaviour.js';
import type { Doors } from './doors.js';
import { KeyedPlot, keyedIdentity } from './keyed-plots.js';
import type { Heard, Line } from './wire.js';

/** An answer and when it is sent, after its round was. */
export interface PlannedAnswer {
  afterMs: number;
  from: ScriptedClient;
  /** Null: it only comes for work, and is heard of by that. */
  message: SignedAnswer | null;
}

export const K = 18;
const PLOT_BYTES = 3_800_000;
export const CONTENT_ROOT = '11'.repeat(32);

/** A node that does what its behaviour says, through the center's own doors. */
export class ScriptedClient {
  /** What is on its disk. */
  readonly disk = new Map<string, KeyedPlot>();
  /** Plots the center believes it keeps. */
  readonly claimed = new Set<string>();
  readonly rounds: RoundMessage[] = [];
  /** Verdicts of its receipts, and codes of what was refused. */
  readonly receipts: Partial<Record<Verdict, number>> = {};
  readonly refusals: Record<string, number> = {};
  /** When it began to cheat, milliseconds since 1970. */
  cheatsSince: number | null = null;
  up = true;
  private line?: Line;

  constructor(
    readonly doors: Doors,
    readonly behaviour: Behaviour,
    readonly nodeId: string,
    readonly accountId: string,
    readonly keys: KeyPair,
    /** 0 … 1, its own sequence. */
    readonly random: () => number,
  ) {}

  /** Connects, is greeted, signs, and is let in. */
  async connect(): Promise<void> {
    let nonce = '';
    const line = this.dial((event, message) => {
      if (event === 'hello') nonce = (message as { nonce: string }).nonce;
    });
    const { nodes } = this.doors;
    nodes.handleConnection(line.socket);
    const signature = nativeSign('croft/connect/1', { nodeId: this.nodeId, nonce }, this.keys.secretKey);
    await nodes.authenticate(line.socket, { nodeId: this.nodeId, signature });
  }

  /** Was let in before the field began. */
  connected(): void {
    this.dial().join([`node:${this.nodeId}`]);
  }

  private dial(also: Heard = () => {}): Line {
    this.line?.close();
    this.line = this.doors.wire.open((event, message) => {
      also(event, message);
      if (event === 'round') this.rounds.push(message as RoundMessage);
      if (event === 'plot:kept') this.kept((message as { plotId: string }).plotId);
    });
    return this.line;
  }

  /** Asks for work, as clients do every few seconds. */
  async ask(): Promise<Task[]> {
    this.doors.sightings.heard(this.nodeId);
    return (await this.doors.plots.next(this.nodeId, {})).tasks;
  }

  /** Makes the plot of a lease and registers it; `plotKey` tells its plots apart. Its id. */
  async plot(task: PlotTask, plotKey: Uint8Array): Promise<string> {
    const { plotId, memo } = keyedIdentity(task.farmerPublicKey, task.contractPuzzleHash, plotKey);
    const id = Buffer.from(plotId).toString('hex');
    // on the disk first, as a real client does
    this.disk.set(id, new KeyedPlot(plotId));
    this.claimed.add(id);
    await this.register({ ...registered(task), plotId: id, memo });
    return id;
  }

  async register(registration: PlotRegistration): Promise<void> {
    await this.doors.plots.register(this.nodeId, plotRegistration.parse(registration));
  }

  /** Answers to the rounds that came since it was last asked. */
  plan(): PlannedAnswer[] {
    const rounds = this.rounds.splice(0);
    if (!this.up) return [];
    return rounds.flatMap((round) => {
      const beacon = hexToBytes(round.beacon);
      const due = round.only
        ? [round.only]
        : [...this.claimed].filter((id) => isDue(lotOf(hexToBytes(id), beacon), round.threshold));
      return due.flatMap((plotId) => this.behaviour.answer(this, round, plotId));
    });
  }

  /** The first proof it has for a round, or none. */
  prove(round: RoundMessage, plotId: string, plot = this.disk.get(plotId)): Answer {
    const about = { roundId: round.roundId, nodeId: this.nodeId, plotId, plotKind: 'chia-v1', k: K };
    const lot = lotOf(hexToBytes(plotId), hexToBytes(round.beacon));
    for (let subIndex = 0; plot && subIndex < limits.subChallenges; subIndex++) {
      const proof = plot.prove(subChallenge(lot, subIndex));
      if (proof) {
        return { ...about, beacon: round.beacon, subIndex, proof: Buffer.from(proof).toString('hex') };
      }
    }
    return { ...about, beacon: round.beacon, subIndex: null, proof: null };
  }

  planned(afterMs: number, answer: Answer, keys = this.keys): PlannedAnswer {
    const signature = nativeSign('croft/answer/1', answer, keys.secretKey);
    return { afterMs, from: this, message: { answer, signature } };
  }

  /** Sends an answer; the receipt, or null when it was refused. */
  async send({ message }: PlannedAnswer): Promise<SignedReceipt | null> {
    if (!message) {
      await this.ask();
      return null;
    }
    this.doors.sightings.heard(this.nodeId);
    try {
      const signed = await this.doors.audits.answer(this.nodeId, signedAnswer.parse(message));
      const { verdict } = signed.receipt;
      this.receipts[verdict] = (this.receipts[verdict] ?? 0) + 1;
      return signed;
    } catch (error) {
      if (!(error instanceof CroftError)) throw error;
      this.refusals[error.code] = (this.refusals[error.code] ?? 0) + 1;
      return null;
    }
  }

  /** Takes plots off its disk; the center goes on believing. */
  drop(...plotIds: string[]): void {
    if (plotIds.length === 0) return;
    for (const id of plotIds) this.disk.delete(id);
    this.cheatsSince ??= this.doors.nowMs();
  }

  private kept(plotId: string) {
    this.claimed.add(plotId);
    this.behaviour.accepted(this, plotId);
  }
}

/** What a registration says of a lease's plot, but for whose it is. */
export const registered = ({ leaseId, plotKind, k }: PlotTask) => ({
  leaseId,
  plotKind,
  k,
  plotBytes: PLOT_BYTES,
  contentRoot: CONTENT_ROOT,
});

/** A row of a plot that was taken in before the field began. */
export const settledPlot = (plotId: string) => ({
  id: randomUUID(),
  plotId,
  significantId: plotId.slice(0, 62),
  kind: 'chia-v1',
  k: K,
  plotBytes: PLOT_BYTES,
  contentRoot: CONTENT_ROOT,
  leaseId: randomUUID(),
  state: 'accepted',
});
