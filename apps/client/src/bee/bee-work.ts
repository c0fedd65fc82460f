import { Bee } from '#libs/bee';
import { type BeeCancel, type BeeFault, type BeeSample, type BeeSampled, bytesToHex } from '#libs/protocol';
import { parseRcHash } from '#libs/swarm';
import { codeOf, textOf } from '../client-error.js';
import { isPassing, type Session } from '../daemon/session.js';
import type { Log } from '../log.js';
import type { BeeLink } from '../state/node-state.js';
import { beeFaultOf, readBeeState } from './bee-state.js';

/** How often the node's operator is told how its Bee node is. */
const REPORT_EVERY_MS = 60_000;

/** Speaks for the Bee node beside this client: says who it is and how it is, and has it sampled when the center asks. */
export class BeeWork {
  private readonly bee: Bee;
  private readonly sampling = new Map<string, { step: string; abort: AbortController }>();
  private isLinked = false;
  /** The link was ended elsewhere; a new one begins with another start. */
  private isOver = false;
  private reporting?: NodeJS.Timeout;

  constructor(
    private readonly link: BeeLink,
    private readonly session: Session,
    private readonly log: Log,
  ) {
    this.bee = new Bee(link.url);
    session.on('bee:sample', (asked) => this.begin(asked));
    session.on('bee:cancel', (message) => this.cancel(message));
  }

  start(): void {
    this.reporting = setInterval(() => void this.tell(), REPORT_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.reporting);
    for (const { abort } of this.sampling.values()) abort.abort(new Error('stopping'));
  }

  /** After every opening, which does not wait for it. */
  opened(): void {
    this.isLinked = false;
    if (!this.isOver) void this.tell();
  }

  /** Says who the Bee node is, until the center takes it, and how it is. */
  private async tell(): Promise<void> {
    try {
      if (!this.isLinked) await this.session.call('bee:register', this.link.registration);
      this.isLinked = true;
      await this.session.call('bee:report', await readBeeState(this.bee));
    } catch (error) {
      // no connection: the next one begins with this again
      if (isPassing(error)) return;
      this.isLinked = false;
      if (codeOf(error) === 'bee_link_ended') {
        this.isOver = true;
        this.stop();
        this.log.say('bee_link_ended');
        return;
      }
      this.log.say('bee_link_refused', { code: codeOf(error) ?? '', text: textOf(error) });
    }
  }

  private begin(asked: BeeSample): void {
    const { checkId, step } = asked;
    if (this.sampling.get(checkId)?.step === step) return;
    const abort = new AbortController();
    this.sampling.set(checkId, { step, abort });
    this.log.say('bee_sampling', { step });
    void this.answer(asked, abort)
      .catch((error) => this.log.say('trouble', { text: textOf(error) }))
      .finally(() => {
        if (this.sampling.get(checkId)?.abort === abort) this.sampling.delete(checkId);
      });
  }

  private cancel({ checkId }: BeeCancel): void {
    this.sampling.get(checkId)?.abort.abort(new Error('the neighbourhood plays'));
  }

  private async answer(asked: BeeSample, abort: AbortController): Promise<void> {
    const late = AbortSignal.timeout(Math.min(asked.withinMs, 2 ** 31 - 1));
    const signal = AbortSignal.any([abort.signal, late]);
    let sampled: BeeSampled;
    try {
      sampled = await this.sample(asked, signal);
    } catch (error) {
      // called off, or too late to be of use
      if (signal.aborted) return;
      const fault = beeFaultOf(error);
      if (!fault) throw error;
      sampled = { checkId: asked.checkId, step: asked.step, fault };
    }
    if ('fault' in sampled) this.log.say('bee_no_sample', { text: sampled.fault });
    await this.hand(sampled, signal);
  }

  private async sample(asked: BeeSample, signal: AbortSignal): Promise<BeeSampled> {
    const { checkId, step, depth, anchor1, anchor2 } = asked;
    const fault = (why: BeeFault): BeeSampled => ({ checkId, step, fault: why });
    const { overlay } = await this.bee.addresses();
    if (overlay !== asked.overlay) return fault('overlay-differs');
    const began = performance.now();
    const answer = await this.bee.rcHash(depth, anchor1, anchor2, signal);
    const parsed = parseRcHash(answer);
    if ('reason' in parsed) return fault('bee-answer-invalid');
    if (step === 'open') return { checkId, step, answer };
    const seconds = (performance.now() - began) / 1000;
    return { checkId, step, hash: bytesToHex(parsed.hash), seconds };
  }

  /** A sample took minutes: it waits for the connection to come back. */
  private async hand(sampled: BeeSampled, signal: AbortSignal): Promise<void> {
    try {
      await this.session.callUntilAnswered('bee:sampled', sampled, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.log.say('bee_answer_refused', { code: codeOf(error) ?? '', text: textOf(error) });
    }
  }
}
