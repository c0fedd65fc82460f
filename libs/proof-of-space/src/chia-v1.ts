import { isPlotK, MAX_K, MIN_K, PLOT_ID_BYTES, PLOT_ID_SIGNIFICANT_BYTES } from './constants.js';
import type { PlotKind } from './plot-kind.js';
import { plotFileName } from './plot-name.js';
import { expectedPlotBytes } from './plot-size.js';
import { readPlotHeader } from './reader/header.js';
import { openPlot, type PlotReader } from './reader/plot-reader.js';
import { verifyProof } from './verify/verify-proof.js';

/** A k=25 plot is made anew in under a minute, a k=32 plot in many. */
const LEAST_TRUSTED_K = 32;
/** Bytes on disk per byte of consensus size (chia-blockchain, UI_ACTUAL_SPACE_CONSTANT_FACTOR). */
const FILE_FACTOR = 0.78;
/** A plot file may differ from that by this part: entries are coded, and small plots vary more. */
const SIZE_TOLERANCE = 0.15;

/** Chia plots of format v1, k = 18..50. The quantity is size(k) in bytes, whatever the file takes on disk. */
export const chiaV1: PlotKind<PlotReader> = {
  kind: 'chia-v1',
  k: { min: MIN_K, max: MAX_K, leastTrusted: LEAST_TRUSTED_K },
  significantIdBytes: PLOT_ID_SIGNIFICANT_BYTES,
  // a whole plot has no proof for 16 challenges in a row once in e^16
  subChallenges: 16,

  identity({ plotId, k }) {
    const identity = new Uint8Array(PLOT_ID_SIGNIFICANT_BYTES + 1);
    identity.set(plotId.subarray(0, PLOT_ID_SIGNIFICANT_BYTES));
    identity[PLOT_ID_SIGNIFICANT_BYTES] = k;
    return identity;
  },

  due(lot, threshold) {
    return new DataView(lot.buffer, lot.byteOffset, lot.byteLength).getUint32(0) < threshold;
  },

  async prove(plot, challenge, signal) {
    const qualities = await plot.qualities(challenge, signal);
    return qualities.length === 0 ? null : plot.proof(challenge, 0, signal);
  },

  verify({ plotId, k }, challenge, proof) {
    return verifyProof(plotId, k, challenge, proof);
  },

  quantity({ plotId, k }) {
    return isPlotK(k) && plotId.length === PLOT_ID_BYTES ? expectedPlotBytes(k) : 0n;
  },

  fileBytes(k) {
    const expected = Number(expectedPlotBytes(k)) * FILE_FACTOR;
    return { least: expected * (1 - SIZE_TOLERANCE), most: expected * (1 + SIZE_TOLERANCE) };
  },

  fileName: plotFileName,
  isFileName: (name) => name.endsWith('.plot'),
  readHeader: readPlotHeader,
  open: (source) => openPlot(source),
};
