export { chequebookFactoryInterface, chequebookInterface } from '../contract-interfaces.js';
export * from './chequebook-contract.js';
export * from './cover.js';
export * from './deploy-chequebook.js';
export * from './errors.js';
export * from './signed-cheque.js';
