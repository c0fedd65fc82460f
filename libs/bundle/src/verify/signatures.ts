import { type SignedHash, verifyHash } from '#libs/protocol';
import type { BundleFault } from '../fault.js';

/** Checks many signatures, maybe in several threads. Resolves to the place of the first that does not hold, or null. */
export type SignatureBatch = (signed: readonly SignedHash[]) => Promise<number | null>;

/** The one that runs anywhere. */
export const signaturesInJavaScript: SignatureBatch = async (signed) => {
  const place = signed.findIndex((one) => !verifyHash(one));
  return place < 0 ? null : place;
};

interface Waiting {
  signed: SignedHash;
  fault: () => BundleFault;
}

/** Together: enough that handing them over costs nothing. */
const BATCH = 1024;
/** Batches under way: enough for the threads there may be, and the memory of some thousand signatures. */
const AHEAD = 8;

/** Signatures on their way to being checked, while the reading goes on. */
export class SignatureQueue {
  /** How many there were. */
  count = 0;
  private waiting: Waiting[] = [];
  private readonly underWay: Promise<BundleFault | null>[] = [];

  constructor(private readonly batch: SignatureBatch) {}

  /** @param fault what it means when the signature does not hold */
  add(signed: SignedHash, fault: () => BundleFault): void {
    this.count++;
    this.waiting.push({ signed, fault });
  }

  /** To be called now and then: hands over what has come together. Rejects with the fault of an earlier batch. */
  async keepUp(): Promise<void> {
    if (this.waiting.length < BATCH) return;
    this.handOver();
    if (this.underWay.length > AHEAD) await this.oldest();
  }

  /** Waits for all. Rejects with the fault of the first that does not hold. */
  async end(): Promise<void> {
    this.handOver();
    while (this.underWay.length > 0) await this.oldest();
  }

  private handOver() {
    const { waiting } = this;
    this.waiting = [];
    const checked = this.batch(waiting.map(({ signed }) => signed)).then((place) =>
      place === null ? null : waiting[place]!.fault(),
    );
    // it is awaited in its turn; until then a failure is no unhandled one
    checked.catch(() => {});
    this.underWay.push(checked);
  }

  private async oldest() {
    const fault = await this.underWay.shift();
    if (fault) throw fault;
  }
}
