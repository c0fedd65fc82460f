import { CHALLENGE_BYTES, ENTRIES_PER_PARK } from '../constants.js';
import { PlotFormatError, PlotLookupError } from '../errors.js';
import { p7ParkBytes, parkBytes } from '../sizes.js';
import { proofTree } from '../verify/proof-tree.js';
import { qualityOfPair } from '../verify/quality.js';
import { readBitsAt } from './bit-reader.js';
import { Checkpoints } from './checkpoints.js';
import { type PlotHeader, readFullHeader } from './header.js';
import { linePointToPair } from './line-point.js';
import { linePointAt } from './park.js';
import { type PlotSource, readExactly } from './source.js';

/** An open plot. Methods may overlap; all throw PlotFormatError when the file is not what it should be. */
export interface PlotReader {
  readonly kind: 'chia-v1';
  /** 32 bytes. */
  readonly plotId: Uint8Array;
  readonly k: number;
  /** Holds a secret key of the plot. */
  readonly memo: Uint8Array;
  /** Size of the file. */
  readonly bytes: number;
  /**
   * The qualities (32 bytes each) of all proofs for a challenge (32 bytes); none for about 37 % of challenges.
   * Costs about 3 reads, and 6 more a quality.
   */
  qualities(challenge: Uint8Array): Promise<Uint8Array[]>;
  /**
   * The proof (8k bytes) whose quality is at `index` of `qualities(challenge)`. Costs about 66 reads, and is
   * checked against the challenge before it is returned.
   *
   * @throws PlotLookupError `no_such_proof`
   */
  proof(challenge: Uint8Array, index: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens an uncompressed plot of format v1.0. Closes the source when it turns out to be none.
 *
 * @throws PlotFormatError
 */
export async function openPlot(source: PlotSource): Promise<PlotReader> {
  try {
    const header = await readFullHeader(source);
    return new ChiaV1Reader(source, header, await Checkpoints.open(source, header));
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

  constructor(
    private readonly source: PlotSource,
    private readonly header: PlotHeader,
    private readonly checkpoints: Checkpoints,
  ) {
    this.plotId = header.plotId;
    this.k = header.k;
    this.memo = header.memo;
    this.bytes = source.size;
  }

  async qualities(challenge: Uint8Array): Promise<Uint8Array[]> {
    const positions = await this.lookUp(challenge);
    return Promise.all(positions.map((position) => this.quality(challenge, position)));
  }

  async proof(challenge: Uint8Array, index: number): Promise<Uint8Array> {
    const position = (await this.lookUp(challenge))[index];
    if (position === undefined) {
      throw new PlotLookupError('no_such_proof', `The challenge has no proof number ${index}`, { index });
    }
    let level = [position];
    for (let table = 6; table >= 1; table--) {
      const pairs = await Promise.all(level.map((at) => this.pair(table, at)));
      level = pairs.flatMap(({ smaller, larger }) => [smaller, larger]);
    }
    const limit = 2 ** this.k;
    const tree = proofTree(this.k);
    if (level.every((x) => x < limit)) {
      tree.loadX(level);
      if (tree.fold(this.plotId, challenge, true)) return tree.toProof();
    }
    throw new PlotFormatError('plot_bad_proof', 'The plot’s tables lead to no valid proof', { position });
  }

  close(): Promise<void> {
    return this.source.close();
  }

  /** Positions in P6 of the entries that answer a challenge. */
  private async lookUp(challenge: Uint8Array): Promise<number[]> {
    if (!(challenge instanceof Uint8Array) || challenge.length !== CHALLENGE_BYTES) {
      throw new PlotLookupError('bad_challenge', `A challenge has ${CHALLENGE_BYTES} bytes`);
    }
    const found = await this.checkpoints.find(readBitsAt(challenge, 0, this.k));
    return Promise.all(found.map((position) => this.p7Entry(position)));
  }

  private async quality(challenge: Uint8Array, position: number): Promise<Uint8Array> {
    let at = position;
    for (let table = 6; table >= 2; table--) {
      const { smaller, larger } = await this.pair(table, at);
      at = (challenge[31]! >>> (table - 2)) & 1 ? larger : smaller;
    }
    const { smaller, larger } = await this.pair(1, at);
    return qualityOfPair(this.k, challenge, smaller, larger);
  }

  private async p7Entry(position: number): Promise<number> {
    const park = await this.readPark(7, p7ParkBytes(this.k), position);
    return readBitsAt(park, (position % ENTRIES_PER_PARK) * (this.k + 1), this.k + 1);
  }

  private async pair(table: number, position: number): Promise<{ larger: number; smaller: number }> {
    const park = await this.readPark(table, parkBytes(this.k, table), position);
    return linePointToPair(linePointAt(park, this.k, table, position % ENTRIES_PER_PARK));
  }

  private readPark(table: number, bytes: number, position: number): Promise<Uint8Array> {
    const { begin, end } = this.header.parks[table]!;
    const at = begin + Math.floor(position / ENTRIES_PER_PARK) * bytes;
    if (at + bytes > end) {
      throw new PlotFormatError('plot_bad_park', `A pointer goes past the end of P${table}`, {
        table,
        position,
      });
    }
    return readExactly(this.source, at, bytes);
  }
}
