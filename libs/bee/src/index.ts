export {
  Bee,
  type BeeAddresses,
  type BeeChainState,
  type BeeGame,
  type BeeStamp,
  type BeeStatus,
  type BeeWallet,
} from './bee.js';
