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
export { type BuiltinPlotter, builtinPlotter } from './plotters/builtin.js';
export { type Candidate, type ChoiceReason, choosePlotter, type PlotterChoice } from './plotters/choose.js';
export { type DetectOptions, detectPlotters, type FoundPlotter } from './plotters/detect.js';
export {
  type DrawnPlot,
  type GivenPlotRequest,
  PLOTTER_NAMES,
  type Plotter,
  type PlotterControls,
  type PlotterName,
  type PlotterNeeds,
  type PlotterPlan,
  type PlotterProgress,
  type PlotterRefusal,
  type PlotterRequest,
  type PlotterResult,
  type PlotterRun,
} from './plotters/plotter.js';
export { RUN_FOLDER_PREFIX } from './plotters/run-record.js';
export { type LeftPlot, type SweepOptions, type Swept, sweepPlotterRuns } from './plotters/sweep.js';
export { contributorPuzzleHash, walletPuzzleHash } from './wallet.js';
