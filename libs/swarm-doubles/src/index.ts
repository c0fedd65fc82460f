export {
  STAKE,
  type Staker,
  type SwarmDoubles,
  type SwarmDoublesOptions,
  startSwarmDoubles,
} from './swarm-doubles.js';
