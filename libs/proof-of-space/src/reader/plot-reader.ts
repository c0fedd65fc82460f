import { CHALLENGE_BYTES, ENTRIES_PER_PARK } from '../constants.js';
import { PlotFormatError, PlotLookupError } from '../errors.js';
import { parkBytes } from '../sizes.js';
import { assembleProof } from '../verify/assemble-proof.js';
import { qualityOfPair } from '../verify/quality.js';
import { readBitsAt } from './bit-reader.js';
import { Checkpoints } from './checkpoints.js';
import { type PlotHeader, readFullHeader } from './header.js';
import { type EntryPair, linePointToPair } from './line-point.js';
import { p7Positions } from './p7.js';
import { linePointAt } from './park.js';
import { type PlotSource, readExactly } from './source.js';
import { requireInside } from './table-bounds.js';

/** Lookups remembered, so that a proof asked for after its quality costs its 63 reads only. */
const REMEMBERED_LOOKUPS = 16;

/**
 * An open plot. Methods may overlap. All throw PlotFormatError when the file is not what it should be; an aborted
 * signal takes back reads that have not begun, and then its reason is thrown.
 */
export interface PlotReader {
  readonly kind: 'chia-v1';
  /** 32 bytes. */
  readonly plotId: Uint8Array;
  readonly k: number;
  /** Holds a secret key of the plot. */
  readonly memo: Uint8Array;
  /** Size of the file. */
  readonly bytes: number;
  /** About how many proofs the plot has for a challenge on average: entries of its last table over 2^k. */
  readonly proofsPerChallenge: number;
  /** Bytes that the open plot keeps in memory for its index. */
  readonly indexBytes: number;
  /**
   * The qualities (32 bytes each) of all proofs for a challenge (32 bytes); none for about 37 % of challenges.
   * Costs 3 reads, 2 in plots up to k=25, and 6 more a quality. In the order of the plotter.
   */
  qualities(challenge: Uint8Array, signal?: AbortSignal): Promise<Uint8Array[]>;
  /**
   * The proof (8k bytes) whose quality is at `index` of `qualities(challenge)`. Costs 63 reads, and those of the
   * lookup when the qualities were not asked for recently. Checked against the challenge before it is returned.
   *
   * @throws PlotLookupError `no_such_proof`
   */
  proof(challenge: Uint8Array, index: number, signal?: AbortSignal): Promise<Uint8Array>;
  /**
   * Whether the file is still the one that was opened.
   *
   * @throws PlotFormatError `plot_gone`, `plot_replaced`, `plot_truncated`, `plot_timeout`, `plot_unreadable`
   */
  check(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface OpenPlotOptions {
  /**
   * Entries of the index (C1) kept in memory, 8 bytes each, an even number. With fewer than the plot has, a lookup
   * costs one more read. 4096 when omitted: all of them up to k=25.
   */
  readonly mostMarks?: number;
}

/**
 * Opens an uncompressed plot of format v1.0. Closes the source when it turns out to be none.
 *
 * @throws PlotFormatError
 */
export async function openPlot(source: PlotSource, { mostMarks }: OpenPlotOptions = {}): Promise<PlotReader> {
  try {
    const header = await readFullHeader(source);
    return new ChiaV1Reader(source, header, await Checkpoints.open(source, header, mostMarks));
  } catch (error) {
    await source.close().catch(() => {});
    throw error;
  }
}

class ChiaV1Reader implements PlotReader {
  readonly kind = 'chia-v1';
  readonly plotId: Uint8Array;
  readonly k: number;
  readonly memo: Uint8Array;
  readonly bytes: number;
  readonly proofsPerChallenge: number;
  readonly indexBytes: number;
  /** Positions in P6 by f7, latest last. */
  private readonly lookups = new Map<number, readonly number[]>();

  constructor(
    private readonly source: PlotSource,
    private readonly header: PlotHeader,
    private readonly checkpoints: Checkpoints,
  ) {
    this.plotId = header.plotId;
    this.k = header.k;
    this.memo = header.memo;
    this.bytes = source.size;
    this.proofsPerChallenge = checkpoints.entries / 2 ** header.k;
    this.indexBytes = checkpoints.bytes;
  }

  qualities(challenge: Uint8Array, signal?: AbortSignal): Promise<Uint8Array[]> {
    return this.explained(async () => {
      const positions = await this.lookUp(challenge, signal);
      return Promise.all(positions.map((position) => this.quality(challenge, position, signal)));
    });
  }

  proof(challenge: Uint8Array, index: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.explained(async () => {
      const position = (await this.lookUp(challenge, signal))[index];
      if (position === undefined) {
        throw new PlotLookupError('no_such_proof', `The challenge has no proof number ${index}`, { index });
      }
      const leaves = await this.leaves(position, signal);
      const proof = assembleProof(this.plotId, this.k, challenge, leaves);
      if (proof) return proof;
      throw new PlotFormatError('plot_bad_proof', 'The plot’s tables lead to no valid proof', { position });
    });
  }

  async check(signal?: AbortSignal): Promise<void> {
    await this.source.check?.(signal);
  }

  close(): Promise<void> {
    return this.source.close();
  }

  /** Bytes that make no sense may be those of another file by now: that is the better reason then. */
  private async explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PlotFormatError && error.code.startsWith('plot_bad_')) await this.check();
      throw error;
    }
  }

  /** Positions in P6 of the entries that answer a challenge. */
  private async lookUp(challenge: Uint8Array, signal?: AbortSignal): Promise<readonly number[]> {
    if (!(challenge instanceof Uint8Array) || challenge.length !== CHALLENGE_BYTES) {
      throw new PlotLookupError('bad_challenge', `A challenge has ${CHALLENGE_BYTES} bytes`);
    }
    const f7 = readBitsAt(challenge, 0, this.k);
    const known = this.lookups.get(f7);
    if (known) return known;
    const found = await this.checkpoints.find(f7, signal);
    const positions = await p7Positions(this.source, this.header, found, signal);
    if (this.lookups.size >= REMEMBERED_LOOKUPS) this.lookups.delete(this.lookups.keys().next().value!);
    this.lookups.set(f7, positions);
    return positions;
  }

  private async quality(challenge: Uint8Array, position: number, signal?: AbortSignal): Promise<Uint8Array> {
    let at = position;
    for (let table = 6; table >= 2; table--) {
      const { smaller, larger } = await this.pair(table, at, signal);
      at = (challenge[31]! >>> (table - 2)) & 1 ? larger : smaller;
    }
    const { smaller, larger } = await this.pair(1, at, signal);
    return qualityOfPair(this.k, challenge, smaller, larger);
  }

  /** The 64 x values below an entry of P6, in the order of the plot. All reads of a table overlap. */
  private async leaves(position: number, signal?: AbortSignal): Promise<number[]> {
    let level = [position];
    for (let table = 6; table >= 1; table--) {
      const pairs = await Promise.all(level.map((at) => this.pair(table, at, signal)));
      level = pairs.flatMap(({ smaller, larger }) => [smaller, larger]);
    }
    return level;
  }

  private async pair(table: number, position: number, signal?: AbortSignal): Promise<EntryPair> {
    const { source, k } = this;
    const region = this.header.parks[table]!;
    const bytes = parkBytes(k, table);
    const at = region.begin + Math.floor(position / ENTRIES_PER_PARK) * bytes;
    requireInside(source, region, at + bytes, table);
    const park = await readExactly(source, at, bytes, signal);
    return linePointToPair(linePointAt(park, k, table, position % ENTRIES_PER_PARK));
  }
}
