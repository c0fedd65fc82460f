import { AUDIT_ITEMS } from '#libs/protocol';
import { estimateReserve, KeyedSample } from '#libs/swarm';

/** What was asked, and what the keeper said of it before and after. */
export interface SampleAnswer {
  anchor: Uint8Array;
  first: number;
  chunks: number;
  /** 32 bytes. */
  commitment: Uint8Array;
  opened: readonly number[];
}

/** Why a sample is none. */
export type SampleFault =
  | 'sample-count-wrong'
  /** A chunk outside of what was asked for. */
  | 'sample-out-of-range'
  | 'sample-repeats-chunk'
  /** The chunks opened are not what was committed to: the keeper made something up, or has other bytes. */
  | 'sample-differs';

/**
 * Judges an opened sample of a replica. The center makes each opened chunk anew, so nothing the keeper says is taken
 * for true. Whether they are the smallest shows in `last`, over several samples.
 *
 * @param chunkOf a leaf of the replica as it is kept
 */
export async function judgeSample(
  { anchor, first, chunks, commitment, opened }: SampleAnswer,
  chunkOf: (index: number) => Promise<Uint8Array>,
): Promise<{ fault: SampleFault } | { last: Uint8Array }> {
  if (opened.length !== Math.min(AUDIT_ITEMS, chunks)) return { fault: 'sample-count-wrong' };
  if (opened.some((index) => index < first || index >= first + chunks))
    return { fault: 'sample-out-of-range' };
  if (new Set(opened).size < opened.length) return { fault: 'sample-repeats-chunk' };
  const sample = new KeyedSample(anchor);
  for (const index of opened) sample.add(index, await chunkOf(index));
  const made = sample.finish();
  if (!Buffer.from(commitment).equals(made.commitment)) return { fault: 'sample-differs' };
  return { last: made.items.at(-1)!.transformed };
}

/** Standard deviations from whole at which a keeper certainly does not read all its chunks. */
const SIGMAS = 4;

/** Whether samples of so many chunks each are too thin for one who keeps all of them. */
export function isThin(lasts: readonly Uint8Array[], chunks: number): boolean {
  if (lasts.length === 0 || chunks <= AUDIT_ITEMS) return false;
  const estimate = estimateReserve(lasts);
  return Number(estimate.chunks) * (1 + SIGMAS * estimate.relativeError) < chunks;
}
