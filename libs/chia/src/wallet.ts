import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToNumberBE, concatBytes, hexToBytes } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { publicPoint } from './bls.js';
import { deriveUnhardened } from './key-derivation.js';

/** Tree hash of `(=)`, a puzzle that always fails: the standard coin's hidden puzzle. */
const DEFAULT_HIDDEN_PUZZLE_HASH = hexToBytes(
  '711d6c4e32c92e53179b199484cf8c897542bc57f2b22582799f9d657eec4699',
);
/** Tree hash of p2_delegated_puzzle_or_hidden_puzzle, the standard coin's puzzle before currying. */
const STANDARD_PUZZLE_HASH = hexToBytes('e9aaa49f45bad5c889b86ee3341550c155cfdd10c3a6757de618d20612fffd52');

const { Fr } = bls12_381.fields;

const atomHash = (atom: Uint8Array): Uint8Array => sha256(concatBytes(Uint8Array.of(1), atom));
const pairHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concatBytes(Uint8Array.of(2), left, right));

const NIL = atomHash(new Uint8Array(0));
const [Q, A, C] = [1, 2, 4].map((code) => atomHash(Uint8Array.of(code))) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const listHash = (...items: Uint8Array[]): Uint8Array =>
  items.reduceRight((rest, item) => pairHash(item, rest), NIL);

/**
 * Puzzle hash (32 bytes) of the standard address of a wallet public key: the standard puzzle curried with
 * the synthetic key, pk + G * int(sha256(pk | hidden puzzle hash)), the integer being signed.
 * Source: chia/wallet/puzzles/p2_delegated_puzzle_or_hidden_puzzle.py, curry_and_treehash.py.
 * @throws ChiaError `public-key-invalid`
 */
export function walletPuzzleHash(walletPk: Uint8Array): Uint8Array {
  const digest = bytesToNumberBE(sha256(concatBytes(walletPk, DEFAULT_HIDDEN_PUZZLE_HASH)));
  const offset = Fr.create(BigInt.asIntN(256, digest));
  const synthetic = publicPoint(walletPk).add(bls12_381.G1.Point.BASE.multiply(offset)).toBytes(true);
  // Currying in CLVM: (a (q . puzzle) (c (q . argument) 1)).
  const environment = listHash(C, pairHash(Q, atomHash(synthetic)), Q);
  return listHash(A, pairHash(Q, STANDARD_PUZZLE_HASH), environment);
}

/**
 * The address of its own that contributor `index` plots for: the operator's wallet address `index`, from
 * the observer key (public key at m/12381/8444/2) alone, so the center holds no secret of the operator's.
 *
 * @returns puzzle hash, 32 bytes
 * @throws ChiaError `public-key-invalid`, `index-invalid`
 */
export function contributorPuzzleHash(observerKey: Uint8Array, index: number): Uint8Array {
  // A secret key given by mistake must not pass as the observer key.
  publicPoint(observerKey);
  return walletPuzzleHash(deriveUnhardened(observerKey, index));
}
