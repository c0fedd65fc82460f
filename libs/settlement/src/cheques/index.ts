export { chequebookFactoryInterface, chequebookInterface } from '../contract-interfaces.js';
export * from './cheque-signer.js';
export * from './chequebook-contract.js';
export * from './chequebook-terms.js';
export * from './cover.js';
export * from './deploy-chequebook.js';
export * from './errors.js';
export * from './signed-cheque.js';
