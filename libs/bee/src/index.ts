export { Bee, type BeeAddresses, type BeeGame, type BeeStamp, type BeeStatus } from './bee.js';
