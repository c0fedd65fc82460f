import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Namespace, Server, Socket } from 'socket.io';
import { type Ack, type CenterToNode, CroftError, isErrorCode, type NodeToCenter } from '#libs/protocol';

export type NodeSocket = Socket<
  NodeToCenter,
  CenterToNode,
  Record<string, never>,
  { nodeId?: string; nonce: string }
>;

type Message<Event extends keyof CenterToNode> = Parameters<CenterToNode[Event]>[0];

const roomOf = (nodeId: string) => `node:${nodeId}`;
/** Connections that a message for many is written to before others have their turn. */
const SENT_AT_ONCE = 250;

/** Speaking to nodes that are connected. Nothing is kept here: who misses a message learns it at the next sync. */
@Injectable()
export class NodeSockets {
  private namespace?: Namespace;
  private readonly greeters: ((nodeId: string) => Promise<unknown>)[] = [];

  /** Nest hands gateways of a namespace the namespace; called once at start. */
  attach(server: Server | Namespace) {
    this.namespace = server as Namespace;
  }

  /** Adds something to be done for every node that has just connected. */
  onAdmitted(greet: (nodeId: string) => Promise<unknown>) {
    this.greeters.push(greet);
  }

  /** Makes this the node's only connection. */
  async admit(socket: NodeSocket, nodeId: string) {
    this.namespace?.in(roomOf(nodeId)).disconnectSockets(true);
    socket.data.nodeId = nodeId;
    await socket.join(roomOf(nodeId));
    for (const greet of this.greeters) await greet(nodeId);
  }

  send<Event extends keyof CenterToNode>(nodeId: string, event: Event, message: Message<Event>) {
    this.namespace?.to(roomOf(nodeId)).emit(event, message);
  }

  /** The same message to many nodes, written down once; what comes in meanwhile is not kept waiting. */
  async sendAll<Event extends keyof CenterToNode>(
    nodeIds: readonly string[],
    event: Event,
    message: Message<Event>,
  ): Promise<void> {
    for (let from = 0; from < nodeIds.length; from += SENT_AT_ONCE) {
      if (from > 0) await turn();
      const rooms = nodeIds.slice(from, from + SENT_AT_ONCE).map(roomOf);
      this.namespace?.to(rooms).emit(event, message);
    }
  }

  /** Whether the node's connection is one of this process. */
  isHere(nodeId: string): boolean {
    return this.namespace?.adapter.rooms.has(roomOf(nodeId)) ?? false;
  }

  /** Asks a node and waits for its answer. Errors: source_offline, or the node's own typed error. */
  async ask<T>(nodeId: string, event: keyof CenterToNode, message: unknown, timeoutMs: number): Promise<T> {
    const room = this.namespace?.in(roomOf(nodeId));
    const sockets = (await room?.fetchSockets()) ?? [];
    const [socket] = sockets;
    if (!socket) throw new CroftError('source_offline');
    let answer: Ack<T> | undefined;
    try {
      answer = (await socket.timeout(timeoutMs).emitWithAck(event, message)) as Ack<T>;
    } catch (cause) {
      throw new CroftError('source_offline', undefined, { cause });
    }
    if (answer?.ok) return answer.value;
    throw new CroftError(isErrorCode(answer?.error?.code) ? answer.error.code : 'bad_request');
  }

  /** Ends a node's connections, for instance when it is revoked. */
  drop(nodeId: string) {
    this.namespace?.in(roomOf(nodeId)).disconnectSockets(true);
  }
}
