export { type AddressPrefix, decodeAddress, encodeAddress } from './address.js';
export { aggregatePublicKeys, aggregateSignatures, publicKey, sign, verify } from './bls.js';
export { ChiaError, type ChiaErrorCode } from './errors.js';
export { deriveHardened, deriveUnhardened, deriveUnhardenedPath, keyGen } from './key-derivation.js';
export {
  farmerSecretKey,
  fingerprint,
  keyPaths,
  localSecretKey,
  observerSecretKey,
  poolSecretKey,
  walletSecretKey,
} from './key-roles.js';
export { decodeMemo, encodeMemo, type PlotMemo } from './memo.js';
export { mnemonicToMasterSk, mnemonicToSeed } from './mnemonic.js';
export {
  identityFromMemo,
  type PlotIdentity,
  plotIdentity,
  plotIdForContract,
  plotIdForPoolKey,
  plotPublicKey,
  taprootSecretKey,
} from './plot-identity.js';
export { contributorPuzzleHash, walletPuzzleHash } from './wallet.js';
