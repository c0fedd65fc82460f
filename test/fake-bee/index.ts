export { FakeChain } from './chain.js';
export { FakeBee } from './fake-bee.js';
export { type Faults, noFaults } from './faults.js';
export { type ForgedSample, forgeSample } from './forge.js';
export { FakeNode, type NodeOptions } from './node.js';
export { FakeReserve, type ReserveOptions } from './reserve.js';
export { ONE_SLOT_KEY } from './sample-route.js';
