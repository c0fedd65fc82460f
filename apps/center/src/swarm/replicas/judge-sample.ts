import { AUDIT_ITEMS, bytesToHex, type ChunkWindow, hexToBytes, isInWindow } from '#libs/protocol';
import { estimateReserve, KeyedSample } from '#libs/swarm';

/** What was asked, and what the keeper said of it before and after. */
export interface SampleAnswer {
  anchor: Uint8Array;
  window: ChunkWindow;
  /** Chunks of the replica. */
  all: number;
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
  { anchor, window, all, commitment, opened }: SampleAnswer,
  chunkOf: (index: number) => Promise<Uint8Array>,
): Promise<{ fault: SampleFault } | { last: Uint8Array }> {
  if (opened.length !== Math.min(AUDIT_ITEMS, window.chunks)) return { fault: 'sample-count-wrong' };
  if (opened.some((index) => !isInWindow(index, window, all))) return { fault: 'sample-out-of-range' };
  if (new Set(opened).size < opened.length) return { fault: 'sample-repeats-chunk' };
  const sample = new KeyedSample(anchor);
  for (const index of opened) sample.add(index, await chunkOf(index));
  const made = sample.finish();
  if (!Buffer.from(commitment).equals(made.commitment)) return { fault: 'sample-differs' };
  return { last: made.items.at(-1)!.transformed };
}

/** Standard deviations from whole at which a keeper certainly does not read all its chunks. */
const SIGMAS = 4;

/** A sample that held: its last transformed address, and of how many chunks it is. */
export interface HeldSample {
  last: Uint8Array;
  chunks: number;
}

/** Whether samples of one replica are together too thin for one who keeps all the chunks each was taken of. */
export function isThin(samples: readonly HeldSample[]): boolean {
  const telling = samples.filter(({ chunks }) => chunks > AUDIT_ITEMS);
  if (telling.length === 0) return false;
  // as if all were of as many chunks as the largest: addresses lie as much closer as there are more of them
  const most = Math.max(...telling.map(({ chunks }) => chunks));
  const estimate = estimateReserve(telling.map(({ last, chunks }) => scaled(last, chunks, most)));
  return Number(estimate.chunks) * (1 + SIGMAS * estimate.relativeError) < most;
}

function scaled(last: Uint8Array, chunks: number, most: number): Uint8Array {
  const address = (BigInt(`0x${bytesToHex(last)}`) * BigInt(chunks)) / BigInt(most);
  return hexToBytes(address.toString(16).padStart(64, '0'));
}
