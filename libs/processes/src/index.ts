export { isAlive, isCertainlyAlive, isOfThisBoot, type Owner, ownerOf } from './owner.js';
export { isExact, isRunning, processIdentity, waitUntilGone } from './process-identity.js';
