import type { MoveTask } from '#libs/protocol';
import { Behaviour } from '../behaviour.js';
import type { Field } from '../field.js';
import { CONTENT_ROOT, type ScriptedClient } from '../scripted-client.js';

/** What it says its disk is. */
export const CLAIMED = { storeBytes: 1e15, storeFreeBytes: 1e15 };

/**
 * Says that it has a petabyte and takes every plot that is to be moved. It names the root of the content, which every
 * lease says, and has nothing.
 */
export class Lying extends Behaviour {
  /** How many plots it was trusted with. */
  taken = 0;

  constructor(private readonly field: Field) {
    super('lies about its disk');
  }

  override async hourly(client: ScriptedClient, hour: number) {
    if (hour % 4 !== 0) return;
    const move = (await client.ask()).find((task): task is MoveTask => task.kind === 'move');
    if (!move) return;
    this.taken++;
    client.cheatsSince ??= client.doors.nowMs();
    client.claimed.add(move.plotId);
    await client.doors.transfers.done(client.nodeId, { leaseId: move.leaseId, contentRoot: CONTENT_ROOT });
    await this.field.settleNew();
    client.claimed.delete(move.plotId);
  }
}
