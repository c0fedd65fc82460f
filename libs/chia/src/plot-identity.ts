import { concatBytes } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type G1Point, pointOf, publicPoint } from './bls.js';
import { ChiaError } from './errors.js';
import { keyGen } from './key-derivation.js';
import { localSecretKey } from './key-roles.js';
import { assertPuzzleHash, encodeMemo, type PlotMemo, splitMemo } from './memo.js';

/** Everything that follows from a plot's memo. */
export interface PlotIdentity extends Omit<PlotMemo, 'masterSecretKey'> {
  /** 32 bytes, of which 31 enter the proofs. */
  plotId: Uint8Array;
  /** 112 or 128 bytes; holds the plot's secret. */
  memo: Uint8Array;
  /** 48 bytes: local + farmer key, for contract plots + taproot key. */
  plotPublicKey: Uint8Array;
  /** 48 bytes: the harvester's half. */
  localPublicKey: Uint8Array;
}

/**
 * The third key of contract plots, which anybody can compute from the two others
 * (chia/types/blockchain_format/proof_of_space.py generate_taproot_sk).
 * @throws ChiaError `public-key-invalid`
 */
export function taprootSecretKey(localPk: Uint8Array, farmerPk: Uint8Array): Uint8Array {
  return taprootOf(publicPoint(localPk), publicPoint(farmerPk));
}

/** The plot public key (48 bytes) by which the plot signs. @throws ChiaError `public-key-invalid` */
export function plotPublicKey(keys: {
  localPk: Uint8Array;
  farmerPk: Uint8Array;
  /** true for plots of a contract address, false for those of a pool public key. */
  includeTaproot: boolean;
}): Uint8Array {
  return plotPoint(publicPoint(keys.localPk), publicPoint(keys.farmerPk), keys.includeTaproot).toBytes(true);
}

// Points, not bytes, pass between these: reading a point back costs 2 ms each time.
function taprootOf(local: G1Point, farmer: G1Point): Uint8Array {
  return keyGen(
    sha256(concatBytes(local.add(farmer).toBytes(true), local.toBytes(true), farmer.toBytes(true))),
  );
}

function plotPoint(local: G1Point, farmer: G1Point, includeTaproot: boolean): G1Point {
  const sum = local.add(farmer);
  const whole = includeTaproot ? sum.add(pointOf(taprootOf(local, farmer))) : sum;
  // A farmer key that is the negative of the local one would leave a plot for which nobody needs a key.
  if (sum.is0() || whole.is0()) throw new ChiaError('public-key-invalid', 'the keys of the plot cancel out');
  return whole;
}

/** Id of a plot made for a contract address: sha256(puzzle hash | plot public key). */
export function plotIdForContract(puzzleHash: Uint8Array, plotPk: Uint8Array): Uint8Array {
  assertPuzzleHash(puzzleHash);
  return sha256(concatBytes(puzzleHash, plotPk));
}

/** Id of a plot made for a pool public key: sha256(pool public key | plot public key). */
export function plotIdForPoolKey(poolPk: Uint8Array, plotPk: Uint8Array): Uint8Array {
  return sha256(concatBytes(poolPk, plotPk));
}

/**
 * Identity of a plot to be made for a contributor's contract address.
 *
 * @param input `contractPuzzleHash` 32 bytes, `farmerPublicKey` 48, `masterSecretKey` 32 (see {@link keyGen})
 * @throws ChiaError `puzzle-hash-invalid`, `public-key-invalid`, `secret-key-invalid`
 */
export function plotIdentity(input: {
  contractPuzzleHash: Uint8Array;
  farmerPublicKey: Uint8Array;
  masterSecretKey: Uint8Array;
}): PlotIdentity {
  return identityFromMemo(encodeMemo({ ...input, poolPublicKey: null }));
}

/**
 * The identity a memo stands for. The center compares its plot id, farmer key and contract address with what
 * the node registered and the lease asked for.
 * @throws ChiaError `memo-length-invalid`, `public-key-invalid`, `secret-key-invalid`
 */
export function identityFromMemo(memo: Uint8Array): PlotIdentity {
  const { contractPuzzleHash, poolPublicKey, farmerPublicKey, masterSecretKey } = splitMemo(memo);
  if (poolPublicKey) publicPoint(poolPublicKey);
  const farmer = publicPoint(farmerPublicKey);
  const local = pointOf(localSecretKey(masterSecretKey));
  const plotPk = plotPoint(local, farmer, contractPuzzleHash !== null).toBytes(true);
  const plotId = contractPuzzleHash
    ? plotIdForContract(contractPuzzleHash, plotPk)
    : plotIdForPoolKey(poolPublicKey as Uint8Array, plotPk);
  return {
    plotId,
    memo: Uint8Array.from(memo),
    plotPublicKey: plotPk,
    localPublicKey: local.toBytes(true),
    farmerPublicKey,
    contractPuzzleHash,
    poolPublicKey,
  };
}
