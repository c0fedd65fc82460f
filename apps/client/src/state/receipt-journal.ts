import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { journalLineHash, NO_LINE } from '#libs/bundle';
import {
  type Answer,
  contentHash,
  hexOf,
  type RoundMessage,
  type SignedAnswer,
  type SignedReceipt,
  type Verdict,
  verdicts,
  verify,
} from '#libs/protocol';

/** The acknowledgement of an answer as it comes over the wire. */
export const signedReceipt: z.ZodType<SignedReceipt> = z.strictObject({
  receipt: z.strictObject({
    roundId: z.uuid(),
    nodeId: z.uuid(),
    plotId: hexOf(32),
    answerHash: hexOf(32),
    receivedAt: z.number().int().min(0),
    verdict: z.enum(verdicts),
  }),
  signature: hexOf(64),
});

/** True when the center's key signed this receipt and it is about this answer. */
export function isReceiptFor(answer: Answer, { receipt, signature }: SignedReceipt, centerPublicKey: string) {
  return (
    receipt.roundId === answer.roundId &&
    receipt.nodeId === answer.nodeId &&
    receipt.plotId === answer.plotId &&
    receipt.answerHash === contentHash('croft/answer/1', answer) &&
    verify('croft/receipt/1', receipt, signature, centerPublicKey)
  );
}

export type VerdictCounts = Record<Verdict, number>;

/**
 * receipts.ndjson: one line a receipt with the answer it is for, only ever appended to. It is the node's own
 * evidence of what it proved and when (`croft dispute`). Each line names the hash of the one before, so that nothing can
 * be taken out or put in unseen.
 */
export class ReceiptJournal {
  private writing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly file: FileHandle,
    readonly counts: VerdictCounts,
    private last: string,
  ) {}

  /** Opens the journal; what a crash left of a half-written last line is cut off. */
  static async open(path: string): Promise<ReceiptJournal> {
    const file = await open(path, 'a+', 0o600);
    const counts: VerdictCounts = { proved: 0, empty: 0, late: 0, silent: 0, invalid: 0 };
    await cutTornLine(file);
    let last = NO_LINE;
    for await (const line of createInterface({
      input: createReadStream(path),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      last = journalLineHash(line);
      const verdict = verdictOf(line);
      if (verdict) counts[verdict]++;
    }
    return new ReceiptJournal(file, counts, last);
  }

  /** Appends a receipt that was checked with isReceiptFor. */
  add(signed: SignedAnswer, receipt: SignedReceipt, message?: RoundMessage): Promise<void> {
    const round = message && { campaignId: message.campaignId, index: message.index, kind: message.kind };
    // one after another: each line names the one before
    const written = this.writing.then(async () => {
      const line = JSON.stringify({ ...receipt, answer: signed, round, previous: this.last });
      await this.file.appendFile(`${line}\n`);
      this.last = journalLineHash(line);
      this.counts[receipt.receipt.verdict]++;
    });
    this.writing = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.sync();
    await this.file.close();
  }
}

function verdictOf(line: string): Verdict | null {
  try {
    return z.object({ receipt: z.object({ verdict: z.enum(verdicts) }) }).parse(JSON.parse(line)).receipt
      .verdict;
  } catch {
    return null;
  }
}

/** Truncates after the last line feed. A line is some hundred bytes, so the last 64 KiB hold one. */
async function cutTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const from = Math.max(0, size - 65_536);
  const tail = Buffer.alloc(size - from);
  await file.read(tail, 0, tail.length, from);
  const end = from + tail.lastIndexOf(0x0a) + 1;
  if (end < size) await file.truncate(end);
}
