export type { BeeRecord, BeeRules } from './bee-record.js';
export * from './dispute.js';
export * from './facts.js';
export * from './fault.js';
export * from './fault-words.js';
export * from './frames.js';
export * from './manifest.js';
export * from './network.js';
export * from './records.js';
export * from './source.js';
export * from './swarm-index.js';
export * from './tally.js';
export {
  isDue as isDueInTree,
  MAX_UNITS as MAX_TREE_UNITS,
  type TreeProof,
  treeProof,
  treeRoot,
} from './tree.js';
export * from './verify/answers.js';
export { TOLERANCE_MS } from './verify/draws.js';
export { type SignatureBatch, signaturesInJavaScript } from './verify/signatures.js';
export { releasedBy, releasing } from './verify/tree.js';
export * from './verify/verify-bundle.js';
export * from './writer.js';
