import { chiaV1 } from './chia-v1.js';
import type { PlotKind } from './plot-kind.js';

/** Kinds of plots that this build knows, by name. */
export const plotKinds: ReadonlyMap<string, PlotKind> = new Map([[chiaV1.kind, chiaV1 as PlotKind]]);
