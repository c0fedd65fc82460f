import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { chiaV1, type PlotKind } from '#libs/proof-of-space';
import { bytesToHex, CroftError, hexToBytes } from '#libs/protocol';
import { type AcceptedKind } from '../../apps/center/src/platform/plot-kinds/plot-kinds.js';

/**
 * The one thing in the testfield that is not real: plots. Thousands of them for thirty days would be terabytes of
 * lookups, so here a plot is a secret of its own and a proof is a keyed hash of the challenge under it. Everything
 * else of a plot is as ever: the size, the id that follows from its keys, the number of proofs a challenge has
 * (Poisson with mean 1), and what a plot that is kept in part can still answer. The center takes this kind in through
 * the same port as any other (`Ports.plotKinds`); only this test does.
 */
const plotter = createHash('sha256').update('testfield').digest();

const hash = (...parts: Uint8Array[]) =>
  parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();
const keyed = (key: Uint8Array, ...parts: Uint8Array[]) =>
  parts.reduce((sum, part) => sum.update(part), createHmac('sha256', key)).digest();

const secretOf = (plotId: Uint8Array) => keyed(plotter, plotId);
const uniform = (bytes: Buffer) => bytes.readUIntBE(0, 6) / 2 ** 48;
const PROOF = Buffer.from('proof');
const PLACE = Buffer.from('place');
const COUNT = Buffer.from('count');

/** How many proofs a whole plot has for a challenge. */
function proofsFor(secret: Uint8Array, challenge: Uint8Array): number {
  const u = uniform(keyed(secret, COUNT, challenge));
  let count = 0;
  let term = Math.exp(-1);
  for (let sum = term; u > sum && count < 20; sum += term) term /= ++count;
  return count;
}

const proofAt = (secret: Uint8Array, challenge: Uint8Array, index: number) =>
  Buffer.concat([Buffer.of(index), keyed(secret, PROOF, challenge, Buffer.of(index))]);

/** A plot on somebody's disk. */
export class KeyedPlot {
  private readonly secret: Uint8Array;

  /** @param kept part of its entries that are on the disk, 0 … 1: a proof needs its own */
  constructor(
    readonly plotId: Uint8Array,
    public kept = 1,
  ) {
    this.secret = secretOf(plotId);
  }

  /** The first proof that it still has for a challenge. */
  prove(challenge: Uint8Array): Uint8Array | null {
    const count = proofsFor(this.secret, challenge);
    for (let i = 0; i < count; i++) {
      const place = this.kept < 1 ? uniform(keyed(this.secret, PLACE, challenge, Buffer.of(i))) : 0;
      if (place < this.kept) return proofAt(this.secret, challenge, i);
    }
    return null;
  }
}

/** Keys of a plot as its memo has them: farmer key (48 bytes) ‖ contract puzzle hash (32) ‖ plot key (32). */
export function keyedIdentity(farmerPublicKey: string, contractPuzzleHash: string, plotKey: Uint8Array) {
  const contract = hexToBytes(contractPuzzleHash);
  const memo = `${farmerPublicKey}${contractPuzzleHash}${bytesToHex(plotKey)}`;
  return { plotId: new Uint8Array(hash(contract, plotKey)), memo };
}

/** Keyed plots in the place of Chia's: same name, sizes and rules of identity. */
export const keyedPlots: AcceptedKind = {
  ...(chiaV1 as PlotKind),

  verify({ plotId }, challenge, proof) {
    const secret = secretOf(plotId);
    const index = proof[0] ?? 255;
    if (proof.length !== 33 || index >= proofsFor(secret, challenge)) return null;
    return timingSafeEqual(proof, proofAt(secret, challenge, index)) ? hash(proof) : null;
  },

  checkKeys({ memo, plotId }, { contractPuzzleHash, farmerPublicKey }) {
    if (memo.length !== 2 * 112) throw new CroftError('memo_invalid');
    const same =
      memo.startsWith(`${farmerPublicKey}${contractPuzzleHash}`) &&
      bytesToHex(hash(hexToBytes(memo.slice(96, 160)), hexToBytes(memo.slice(160)))) === plotId;
    if (!same) throw new CroftError('plot_keys_differ');
  },
};
