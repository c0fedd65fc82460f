/** What of this library a browser gets as `#libs/proof-of-space` (package.json, imports): no disk, no threads. */
export type { PlotKind } from './plot-kind.js';
export { plotKinds } from './plot-kinds.js';
