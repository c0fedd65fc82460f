export {
  isPlotK,
  MAX_K,
  MIN_K,
  PLOT_ID_SIGNIFICANT_BYTES,
} from './constants.js';
export { type PlotFormatCode, PlotFormatError, PlotLookupError, ProofOfSpaceError } from './errors.js';
export { fileSource } from './reader/file-source.js';
export { type PlotIdentity, readPlotHeader } from './reader/header.js';
export { openPlot, type PlotReader } from './reader/plot-reader.js';
export { memorySource, type PlotSource } from './reader/source.js';
export { verifyProof } from './verify/verify-proof.js';
