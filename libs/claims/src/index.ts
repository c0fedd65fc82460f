export { type ContractState, readContract } from './campaign-reads.js';
export * from './cash-cheque.js';
export * from './chain-reader.js';
export * from './errors.js';
export * from './plan-claims.js';
export * from './read-claimable.js';
