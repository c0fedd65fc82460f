export { chiaV1 } from './chia-v1.js';
export { isPlotK, MAX_K, MIN_K, PLOT_ID_SIGNIFICANT_BYTES } from './constants.js';
export { type DiskLimits, Disks } from './disk/disks.js';
export {
  type PlotFormatCode,
  PlotFormatError,
  PlotLookupError,
  PlotterError,
  PlotterLimitError,
  ProofOfSpaceError,
} from './errors.js';
export type { HeldPlot, PlotKind, PlotSubject } from './plot-kind.js';
export { plotKinds } from './plot-kinds.js';
export { plotFileName } from './plot-name.js';
export { estimatedFileBytes, expectedPlotBytes } from './plot-size.js';
export {
  type CreatePlotOptions,
  createPlot,
  type PlotResult,
  rehearsePlot,
} from './plotter/create-plot.js';
export { requireSpace, type SpaceNeed } from './plotter/disk-space.js';
export { PauseSwitch } from './plotter/pause-switch.js';
export { MAX_PLOTTER_K, type PlotPlan, type PlotResources, planPlot } from './plotter/plan.js';
export { type PlotProgress, remainingMsOf } from './plotter/progress.js';
export { isBeingMade, removeOrphanedPlotFiles, removePlotRemains } from './plotter/work-folder.js';
export { fileSource } from './reader/file-source.js';
export { MAX_MEMO_BYTES, type PlotIdentity, readPlotHeader } from './reader/header.js';
export { openPlot, type PlotReader } from './reader/plot-reader.js';
export { type PlotReason, plotReason } from './reader/plot-reason.js';
export { memorySource, type PlotSource, readExactly } from './reader/source.js';
export type { StorageProof } from './storage-proof.js';
export { verifyProof } from './verify/verify-proof.js';
export { type ProofBatch, type ProofVerdicts, verifyProofs } from './verify/verify-proofs.js';
