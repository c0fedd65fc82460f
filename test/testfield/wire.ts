import type { Namespace } from 'socket.io';
import type { CenterToNode } from '#libs/protocol';
import type { NodeSocket } from '../../apps/center/src/platform/sockets/node-sockets.js';

export type Heard = (event: keyof CenterToNode, message: unknown) => void;

/**
 * The sockets of the testfield, without a network between: what the center sends reaches the scripted client at
 * once. It stands in for Socket.IO's namespace only; greeting, signing and admission are the center's own.
 * The real sockets are measured by `npm run bench:tally -- load`.
 */
export class Wire {
  private readonly rooms = new Map<string, Set<Line>>();

  /** What the center's `NodeSockets` speaks through. */
  readonly namespace = {
    adapter: { rooms: this.rooms },
    in: (room: string) => ({
      disconnectSockets: () => {
        for (const line of [...(this.rooms.get(room) ?? [])]) line.close();
      },
    }),
    to: (rooms: string | string[]) => ({
      emit: (event: keyof CenterToNode, message: unknown) => {
        // the call to come for work is heard by no one: clients of the field ask when the field says so
        if (event === 'task:available') return;
        for (const room of [rooms].flat())
          for (const line of this.rooms.get(room) ?? []) line.heard(event, message);
      },
    }),
  } as unknown as Namespace;

  open(heard: Heard): Line {
    return new Line(this.rooms, heard);
  }
}

/** One connection, as far as the center looks at it. */
export class Line {
  readonly data: { nodeId?: string; nonce: string } = { nonce: '' };
  /** Nothing comes through it: clients of the field are heard of where they speak. */
  readonly conn = { on: () => {} };
  private readonly ends: (() => void)[] = [];
  private readonly joined = new Set<string>();

  constructor(
    private readonly rooms: Map<string, Set<Line>>,
    readonly heard: Heard,
  ) {}

  /** As the center's handlers take it. */
  get socket(): NodeSocket {
    return this as unknown as NodeSocket;
  }

  emit(event: keyof CenterToNode, message: unknown) {
    this.heard(event, message);
  }

  once(_event: 'disconnect', end: () => void) {
    this.ends.push(end);
  }

  join(names: string | string[]) {
    for (const name of [names].flat()) {
      this.joined.add(name);
      this.rooms.set(name, (this.rooms.get(name) ?? new Set()).add(this));
    }
  }

  disconnect() {
    this.close();
  }

  close() {
    for (const name of this.joined) this.rooms.get(name)?.delete(this);
    this.joined.clear();
    for (const end of this.ends.splice(0)) end();
  }
}
