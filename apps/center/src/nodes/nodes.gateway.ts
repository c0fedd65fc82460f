import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayInit,
  SubscribeMessage,
} from '@nestjs/websockets';
import type { Namespace } from 'socket.io';
import { z } from 'zod';
import { bytesToHex, hexOf, limits, type MachineReport, machineReport } from '#libs/protocol';
import { CenterKey } from '../platform/center-key.js';
import { Clock } from '../platform/clock.js';
import { Entropy } from '../platform/entropy.js';
import { Checked, NodeGateway, NodeId } from '../platform/sockets/node-call.js';
import { type NodeSocket, NodeSockets } from '../platform/sockets/node-sockets.js';
import { NodesService } from './nodes.service.js';
import { Sightings } from './sightings.js';

const authentication = z.strictObject({ nodeId: z.uuid(), signature: hexOf(64) });

/** A node's connection: greeted with a nonce, it signs, then it may speak. */
@NodeGateway()
export class NodesGateway implements OnGatewayInit, OnGatewayConnection {
  constructor(
    private readonly nodes: NodesService,
    private readonly sockets: NodeSockets,
    private readonly sightings: Sightings,
    private readonly key: CenterKey,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
  ) {}

  afterInit(namespace: Namespace) {
    this.sockets.attach(namespace);
  }

  handleConnection(socket: NodeSocket) {
    socket.data.nonce = bytesToHex(this.entropy.bytes(32));
    socket.emit('hello', { nonce: socket.data.nonce, centerPublicKey: this.key.publicKey });
    const limit = setTimeout(() => !socket.data.nodeId && socket.disconnect(true), limits.authenticateMs);
    socket.once('disconnect', () => clearTimeout(limit));
  }

  @SubscribeMessage('node:authenticate')
  async authenticate(
    @ConnectedSocket() socket: NodeSocket,
    @MessageBody(new Checked(authentication)) { nodeId, signature }: z.infer<typeof authentication>,
  ) {
    await this.nodes.authenticate(nodeId, socket.data.nonce, signature);
    this.sightings.heard(nodeId);
    socket.conn.on('packet', () => this.sightings.heard(nodeId));
    await this.sockets.admit(socket, nodeId);
    return { centerTime: this.clock.now().getTime() };
  }

  @SubscribeMessage('node:report')
  report(@NodeId() nodeId: string, @MessageBody(new Checked(machineReport)) report: MachineReport) {
    return this.nodes.report(nodeId, report);
  }
}
