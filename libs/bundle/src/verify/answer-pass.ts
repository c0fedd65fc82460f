import type { Hasher } from '#libs/protocol';
import { isWalked } from '#libs/ruleset';
import { BundleFault } from '../fault.js';
import { AnswerTimes } from '../network.js';
import { type Answer, type Challenge, type Node, type Plot, publishedName } from '../records.js';
import { AnswerTally } from '../tally.js';
import { checkAnswer, isSampled, type ProofCheck } from './answers.js';
import type { Draws } from './draws.js';
import type { SignatureQueue } from './signatures.js';

export interface PassOptions {
  centerPublicKey: string;
  newHash: () => Hasher;
  signatures: SignatureQueue;
  /** Null: no proof is looked at. */
  proof: ProofCheck | null;
  /** Which of the proofs are looked at, about this many of so many answers. */
  sample: { manifestHash: string; proofs: number; of: number };
  /** Whose signatures and proofs are looked at. */
  isWanted: (account: string) => boolean;
}

/** One walk over the answers: every check that each allows, every draw, and the counts that the rules want. */
export class AnswerPass {
  readonly tally = new AnswerTally();
  readonly times = new AnswerTimes();
  line = 0;
  proofs = 0;
  private group: { answer: Answer; line: number }[] = [];
  private readonly roundOf: Map<number, Challenge>;
  private readonly plotOf: Map<string, Plot>;
  private readonly nodeOf: Map<string, Node>;

  constructor(
    challenges: readonly Challenge[],
    plots: readonly Plot[],
    nodes: readonly Node[],
    private readonly draws: Draws,
    private readonly options: PassOptions,
  ) {
    this.roundOf = new Map(challenges.map((challenge) => [challenge.round, challenge]));
    this.plotOf = new Map(plots.map((plot) => [plot.plot, plot]));
    this.nodeOf = new Map(nodes.map((node) => [node.node, node]));
  }

  /** The next answer. Throws BundleFault. */
  take(answer: Answer): void {
    this.line++;
    const challenge = this.roundOf.get(answer.round);
    const plot = this.plotOf.get(answer.plot);
    const node = this.nodeOf.get(answer.node);
    if (!challenge || !plot || !node) {
      throw new BundleFault('answer', publishedName('answers'), 'not_in_bundle', {}, this.line);
    }
    if (this.options.isWanted(answer.account)) this.check(answer, { challenge, plot, node });
    const broadcast = challenge.kind === 'broadcast';
    this.tally.add(answer, broadcast, isWalked(plot.kind));
    if (!broadcast) return;
    this.times.add(answer, challenge.sentAt);
    const last = this.group[0]?.answer;
    if (last && (last.node !== answer.node || last.plot !== answer.plot)) this.endGroup();
    this.group.push({ answer, line: this.line });
  }

  /** After the last. Throws BundleFault. */
  end(): void {
    this.endGroup();
    this.draws.finish();
  }

  private check(answer: Answer, about: { challenge: Challenge; plot: Plot; node: Node }) {
    const { centerPublicKey, newHash, signatures, sample } = this.options;
    const { manifestHash, proofs, of } = sample;
    const look = answer.proof !== null && isSampled(manifestHash, this.line, proofs, of, newHash);
    const proof = look ? this.options.proof : null;
    checkAnswer(answer, about, this.line, { centerPublicKey, newHash, signatures, proof });
    if (proof) this.proofs++;
  }

  private endGroup() {
    const first = this.group[0]?.answer;
    if (first) this.draws.group(first.node, first.plot, this.group);
    this.group = [];
  }
}
