import { MessageBody, type OnGatewayInit, SubscribeMessage } from '@nestjs/websockets';
import type { Namespace } from 'socket.io';
import { type NetworkDigest, type NetworkPing, networkDigest, networkPing } from '#libs/protocol';
import { Checked, NodeGateway, NodeId } from '../../platform/sockets/node-call.js';
import type { NodeSocket } from '../../platform/sockets/node-sockets.js';
import { OpenProbes } from './open-probes.js';

/** Nodes answer network checks. */
@NodeGateway()
export class NetworkGateway implements OnGatewayInit {
  private namespace?: Namespace;

  constructor(private readonly probes: OpenProbes) {}

  afterInit(namespace: Namespace) {
    this.namespace = namespace;
  }

  /** Nodes whose connection this process has. */
  connected(): string[] {
    const sockets = [...(this.namespace?.sockets.values() ?? [])] as unknown as NodeSocket[];
    return sockets.flatMap(({ data }) => data.nodeId ?? []);
  }

  @SubscribeMessage('network:echo')
  echo(@NodeId() nodeId: string, @MessageBody(new Checked(networkPing)) { probeId, nonce }: NetworkPing) {
    this.probes.answer(nodeId, probeId, nonce);
    return null;
  }

  @SubscribeMessage('network:digest')
  digest(
    @NodeId() nodeId: string,
    @MessageBody(new Checked(networkDigest)) { probeId, sha256 }: NetworkDigest,
  ) {
    this.probes.answer(nodeId, probeId, sha256);
    return null;
  }
}
