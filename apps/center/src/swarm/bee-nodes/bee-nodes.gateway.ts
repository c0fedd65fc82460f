import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import {
  type BeeRegistration,
  type BeeReport,
  type BeeSampled,
  type BeeUnlink,
  beeRegistration,
  beeReport,
  beeSampled,
  beeUnlink,
} from '#libs/protocol';
import { Checked, NodeGateway, NodeId } from '../../platform/sockets/node-call.js';
import { NodeSockets } from '../../platform/sockets/node-sockets.js';
import { BeeLinks } from './bee-links.service.js';
import { BeeSender } from './bee-sender.service.js';
import { BeeUnlinking } from './bee-unlinking.service.js';

/** Nodes speak for the Bee nodes beside them. */
@NodeGateway()
export class BeeNodesGateway {
  constructor(
    private readonly links: BeeLinks,
    private readonly sender: BeeSender,
    private readonly unlinking: BeeUnlinking,
    sockets: NodeSockets,
  ) {
    sockets.onAdmitted((nodeId) => sender.ask(nodeId));
  }

  @SubscribeMessage('bee:register')
  register(@NodeId() nodeId: string, @MessageBody(new Checked(beeRegistration)) link: BeeRegistration) {
    return this.links.register(nodeId, link);
  }

  @SubscribeMessage('bee:unlink')
  unlink(@NodeId() nodeId: string, @MessageBody(new Checked(beeUnlink)) { overlay }: BeeUnlink) {
    return this.unlinking.unlink({ nodeId }, overlay);
  }

  @SubscribeMessage('bee:report')
  report(@NodeId() nodeId: string, @MessageBody(new Checked(beeReport)) report: BeeReport) {
    return this.links.report(nodeId, report);
  }

  @SubscribeMessage('bee:sampled')
  sampled(@NodeId() nodeId: string, @MessageBody(new Checked(beeSampled)) sampled: BeeSampled) {
    return this.sender.take(nodeId, sampled);
  }
}
