export * from './amount-vector.js';
export * from './build-payout-tree.js';
export * from './campaign-calls.js';
export * from './campaign-terms.js';
export * from './chain.js';
export { decodeRevert } from './contract-interfaces.js';
export * from './deploy.js';
export * from './errors.js';
/** Contracts that only tests and benchmarks deploy. */
export * as testContracts from './generated/test-artifacts.js';
export { JsonRpcChain, type JsonRpcChainOptions } from './json-rpc-chain.js';
export { keccak256 } from './keccak.js';
export { loadKeystore } from './keystore.js';
export * from './payee.js';
export * from './payout-campaign-contract.js';
export * from './payout-tree.js';
export * from './push-plan.js';
export * from './push-receipt.js';
export * from './transaction.js';
