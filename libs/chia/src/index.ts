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
export { type Candidate, type ChoiceReason, choosePlotter, type PlotterChoice } from './plotters/choose.js';
export { type DetectOptions, detectPlotters, type FoundPlotter } from './plotters/detect.js';
export { RUN_FOLDER_PREFIX } from './plotters/make-with.js';
export type {
  Plotter,
  PlotterControls,
  PlotterName,
  PlotterProgress,
  PlotterRefusal,
  PlotterRequest,
  PlotterResult,
} from './plotters/plotter.js';
export { contributorPuzzleHash, walletPuzzleHash } from './wallet.js';
