import type { INestApplication } from '@nestjs/common';
import { AuditsGateway } from '../../apps/center/src/audits/audits.gateway.js';
import { NodesGateway } from '../../apps/center/src/nodes/nodes.gateway.js';
import { Sightings } from '../../apps/center/src/nodes/sightings.js';
import { Clock } from '../../apps/center/src/platform/clock.js';
import { NodeSockets } from '../../apps/center/src/platform/sockets/node-sockets.js';
import { PlotsGateway } from '../../apps/center/src/plots/plots.gateway.js';
import { TransfersGateway } from '../../apps/center/src/transfers/transfers.gateway.js';
import { Wire } from './wire.js';

/** The center's message handlers, right behind its sockets. */
export class Doors {
  readonly wire = new Wire();
  readonly nodes: NodesGateway;
  readonly plots: PlotsGateway;
  readonly audits: AuditsGateway;
  readonly transfers: TransfersGateway;
  /** Told of whatever a client says, as sockets tell it. */
  readonly sightings: Sightings;

  constructor(private readonly app: INestApplication) {
    this.nodes = app.get(NodesGateway);
    this.plots = app.get(PlotsGateway);
    this.audits = app.get(AuditsGateway);
    this.transfers = app.get(TransfersGateway);
    this.sightings = app.get(Sightings);
    app.get(NodeSockets).attach(this.wire.namespace);
  }

  nowMs(): number {
    return this.app.get(Clock).now().getTime();
  }
}
