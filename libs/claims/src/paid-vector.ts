import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '#libs/protocol';
import { AbiReader, selectorOf, topicOf } from './abi.js';
import { readApplied } from './campaign-reads.js';
import type { ChainReader, ReadLog } from './chain-reader.js';
import { ClaimError } from './errors.js';
import { CHUNK, setUnits, unitsAt, VECTOR_BYTES } from './vector.js';

const PUSHED = topicOf('BatchPaid(uint64,uint256,uint256,uint256)');
const FAILED = topicOf('PaymentFailed(uint256,address,uint256)');
const CLAIMED = topicOf('Paid(uint256,address,address,uint256)');
const PUSHES = ['bytes', 'address'].map((source, i) =>
  selectorOf(
    `${['pushGroup', 'pushGroupBook'][i]}(uint256,(${source},bytes,bytes,bytes32,uint128)[],bytes32[])`,
  ),
);

/** Public nodes answer for so many blocks at once; those that refuse are asked for fewer. */
const WINDOW = 9_000;
const LEAST_WINDOW = 50;
/** More calls than this are no search any more. */
const MOST_WINDOWS = 20_000;
/** A transaction of 2^24 gas has room for fewer. */
const MOST_CHUNKS = 1024;

/**
 * The amounts already paid to a chunk, whose hash is all that the contract keeps: the vector that the last push left
 * (its calldata, less what failed), and the claims since. Looked for from the newest block back. Null: never paid.
 *
 * @throws ClaimError `paid_unknown`; whatever the reader throws
 */
export async function findPaidVector(
  chain: ChainReader,
  contract: string,
  chunk: number,
): Promise<Uint8Array | null> {
  const applied = await readApplied(chain, contract, chunk);
  if (applied === null) return null;
  /** Claimed since, by place: newest blocks come first. */
  const claimed = new Map<number, bigint>();
  const settled = (vector: Uint8Array) => {
    for (const [place, units] of claimed) setUnits(vector, place, unitsAt(vector, place) + units);
    return hashOf(vector) === applied ? vector : null;
  };
  for await (const log of eventsBackwards(chain, contract)) {
    if (log.topics[0] === CLAIMED) {
      const index = Number(BigInt(log.topics[1]!));
      const units = AbiReader.of(log.data)?.number(32);
      if (Math.floor(index / CHUNK) !== chunk || units === null || units === undefined) continue;
      claimed.set(index % CHUNK, (claimed.get(index % CHUNK) ?? 0n) + units);
    } else if (isAbout(log, chunk)) {
      const pushed = await vectorAfterPush(chain, contract, chunk, log);
      const vector = pushed && settled(pushed);
      if (vector) return vector;
      throw new ClaimError('paid_unknown', { chunk, transaction: log.transactionHash });
    }
  }
  const vector = settled(new Uint8Array(VECTOR_BYTES));
  if (vector) return vector;
  throw new ClaimError('paid_unknown', { chunk });
}

const hashOf = (bytes: Uint8Array) => `0x${bytesToHex(keccak_256(bytes))}`;

/** Pushes and claims, newest first. */
async function* eventsBackwards(chain: ChainReader, contract: string): AsyncGenerator<ReadLog> {
  let window = WINDOW;
  let toBlock = await chain.blockNumber();
  for (let asked = 0; toBlock >= 0; asked++) {
    if (asked > MOST_WINDOWS) throw new ClaimError('paid_unknown', { fromBlock: toBlock });
    const fromBlock = Math.max(0, toBlock - window + 1);
    const range = { address: contract, fromBlock, toBlock };
    const found = await Promise.all([
      chain.logs({ ...range, topic: PUSHED }),
      chain.logs({ ...range, topic: CLAIMED }),
    ]).catch((cause: unknown) => {
      if (window <= LEAST_WINDOW) throw cause;
      return null;
    });
    if (!found) {
      window = Math.max(LEAST_WINDOW, Math.floor(window / 4));
      continue;
    }
    yield* found.flat().sort((a, b) => b.blockNumber - a.blockNumber || b.logIndex - a.logIndex);
    toBlock = fromBlock - 1;
  }
}

function isAbout({ topics, data }: ReadLog, chunk: number): boolean {
  const first = BigInt(topics[2] ?? 0);
  const count = AbiReader.of(data)?.number(0) ?? 0n;
  return first <= BigInt(chunk) && BigInt(chunk) < first + count;
}

/** What the contract wrote down after a push: the new amounts, and the old ones where it paid nobody. */
async function vectorAfterPush(
  chain: ChainReader,
  contract: string,
  chunk: number,
  log: ReadLog,
): Promise<Uint8Array | null> {
  const sent = await chain.transaction(log.transactionHash);
  // a push by another contract has its calldata inside of that one's
  if (!sent || sent.to?.toLowerCase() !== contract.toLowerCase()) return null;
  if (!PUSHES.includes(sent.data.slice(0, 10).toLowerCase())) return null;
  const call = AbiReader.of(sent.data, 4);
  const firstChunk = call?.number(0);
  const parts = call?.part(32)?.elements(MOST_CHUNKS);
  if (firstChunk === null || firstChunk === undefined || !parts) return null;
  const part = parts[chunk - Number(firstChunk)];
  const paid = part?.part(32)?.content();
  const amounts = part?.part(64)?.content();
  const skip = part?.number(128);
  if (!paid || amounts?.length !== VECTOR_BYTES || skip === null || skip === undefined) return null;
  const failed = await failedPlaces(chain, contract, chunk, log);
  const before = paid.length === VECTOR_BYTES ? paid : new Uint8Array(VECTOR_BYTES);
  const after = before.slice();
  for (let place = 0; place < CHUNK; place++) {
    const due = unitsAt(amounts, place);
    if (due > unitsAt(before, place) && !failed.has(place) && !((skip >> BigInt(place)) & 1n))
      setUnits(after, place, due);
  }
  return after;
}

async function failedPlaces(chain: ChainReader, contract: string, chunk: number, log: ReadLog) {
  const { blockNumber, transactionHash } = log;
  const range = { address: contract, topic: FAILED, fromBlock: blockNumber, toBlock: blockNumber };
  const failures = (await chain.logs(range)).filter((one) => one.transactionHash === transactionHash);
  const indices = failures.map(({ topics }) => Number(BigInt(topics[1]!)));
  return new Set(
    indices.filter((index) => Math.floor(index / CHUNK) === chunk).map((index) => index % CHUNK),
  );
}
