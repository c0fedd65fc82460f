import type { PlotKind } from '#libs/proof-of-space';
import { CroftError } from '#libs/protocol';
import { swarmReplica } from '#libs/swarm';
import type { AcceptedKind } from './plot-kinds.js';

/** Replicas of data sets: made by the center alone, so that none can be registered. */
export const swarmReplicas: AcceptedKind = {
  ...(swarmReplica as PlotKind),
  isGiven: true,

  checkKeys() {
    throw new CroftError('plot_keys_differ');
  },
};
