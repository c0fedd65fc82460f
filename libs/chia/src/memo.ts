import { concatBytes } from '@noble/curves/utils.js';
import { publicPoint, secretNumber } from './bls.js';
import { ChiaError } from './errors.js';

/** What a plot's memo holds: who gets the pool reward, who farms, and the plot's own secret. */
export interface PlotMemo {
  /** 32 bytes, or null in plots made for a pool public key. Exactly one of the two is set. */
  contractPuzzleHash: Uint8Array | null;
  /** 48 bytes, or null in plots made for a contract address. */
  poolPublicKey: Uint8Array | null;
  /** 48 bytes. */
  farmerPublicKey: Uint8Array;
  /** 32 bytes; secret. */
  masterSecretKey: Uint8Array;
}

/**
 * Memo bytes: contract puzzle hash 32 or pool public key 48, farmer public key 48, plot master key 32
 * (chia/plotting/util.py stream_plot_info_ph and _pk).
 * @throws ChiaError `puzzle-hash-invalid`, `public-key-invalid`, `secret-key-invalid`
 */
export function encodeMemo(memo: PlotMemo): Uint8Array {
  const { contractPuzzleHash, poolPublicKey, farmerPublicKey, masterSecretKey } = memo;
  if ((contractPuzzleHash === null) === (poolPublicKey === null)) {
    throw new ChiaError(
      'puzzle-hash-invalid',
      'a plot has either a contract puzzle hash or a pool public key',
    );
  }
  if (contractPuzzleHash) assertPuzzleHash(contractPuzzleHash);
  if (poolPublicKey) publicPoint(poolPublicKey);
  publicPoint(farmerPublicKey);
  secretNumber(masterSecretKey);
  return concatBytes(contractPuzzleHash ?? (poolPublicKey as Uint8Array), farmerPublicKey, masterSecretKey);
}

/**
 * Takes a memo apart (112 bytes: contract address; 128: pool public key) and checks its keys.
 * @throws ChiaError `memo-length-invalid`, `public-key-invalid`, `secret-key-invalid`
 */
export function decodeMemo(memo: Uint8Array): PlotMemo {
  const decoded = splitMemo(memo);
  if (decoded.poolPublicKey) publicPoint(decoded.poolPublicKey);
  publicPoint(decoded.farmerPublicKey);
  secretNumber(decoded.masterSecretKey);
  return decoded;
}

/** The fields as they stand, unchecked. @throws ChiaError `memo-length-invalid` */
export function splitMemo(memo: Uint8Array): PlotMemo {
  const owner = memo.length - 80;
  if (owner !== 32 && owner !== 48) {
    throw new ChiaError('memo-length-invalid', `a memo has 112 or 128 bytes, not ${memo.length}`);
  }
  return {
    contractPuzzleHash: owner === 32 ? memo.slice(0, 32) : null,
    poolPublicKey: owner === 48 ? memo.slice(0, 48) : null,
    farmerPublicKey: memo.slice(owner, owner + 48),
    masterSecretKey: memo.slice(owner + 48),
  };
}

/** @throws ChiaError `puzzle-hash-invalid` unless 32 bytes */
export function assertPuzzleHash(puzzleHash: Uint8Array): void {
  if (puzzleHash.length !== 32) throw new ChiaError('puzzle-hash-invalid', 'a puzzle hash has 32 bytes');
}
