import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { InventoryAnswer, PlotState } from '#libs/protocol';
import { Batch } from '../platform/batch.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import { TasksService } from '../tasks/tasks.service.js';

/** What a node says it has. */
interface Inventory {
  nodeId: string;
  plots: { plotId: string; plotKind: string }[];
}

/** A plot and who keeps it now, if anybody does. */
interface Kept {
  id: string;
  plotId: string;
  kind: string;
  campaignId: string;
  state: PlotState;
  makerId: string;
  keeperId: string | null;
}

/** Says of each plot a node has whether it is to keep it. Nodes that come at once, as after a restart, share a look. */
@Injectable()
export class InventoriesService {
  // a message names a thousand plots at most
  private readonly batch = new Batch((inventories: Inventory[]) => this.answerAll(inventories), { most: 50 });

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly tasks: TasksService,
    private readonly sockets: NodeSockets,
  ) {}

  answer(nodeId: string, plots: Inventory['plots']): Promise<InventoryAnswer> {
    return this.batch.add({ nodeId, plots });
  }

  private async answerAll(inventories: Inventory[]): Promise<InventoryAnswer[]> {
    const plotIds = [...new Set(inventories.flatMap(({ plots }) => plots.map(({ plotId }) => plotId)))];
    const known: Kept[] =
      plotIds.length === 0
        ? []
        : await this.database.query(
            `SELECT p.id, p."plotId", p.kind, p."campaignId", p.state, p."nodeId" AS "makerId", c."nodeId" AS "keeperId"
             FROM plots p LEFT JOIN custodies c ON c."plotRef" = p.id AND c."untilAt" IS NULL
             WHERE p."plotId" = ANY($1::text[])`,
            [plotIds],
          );
    const byPlot = new Map<string, Kept[]>();
    for (const row of known) {
      const key = keyOf(row.kind, row.plotId);
      byPlot.set(key, [...(byPlot.get(key) ?? []), row]);
    }
    const arriving = await this.tasks.arriving(inventories.map(({ nodeId }) => nodeId));
    return inventories.map(({ nodeId, plots }) => {
      const kinds = new Map(plots.map(({ plotId, plotKind }) => [plotId, plotKind]));
      const rows = [...kinds].flatMap(([plotId, kind]) => byPlot.get(keyOf(kind, plotId)) ?? []);
      const keep = rows.filter(({ keeperId }) => keeperId === nodeId);
      const released = rows.filter((row) => mayGo(row, nodeId, arriving.get(nodeId)?.has(row.id) ?? false));
      for (const { plotId, state, makerId } of rows) {
        // said again to who may have missed it
        if (state === 'rejected' && makerId === nodeId)
          this.sockets.send(nodeId, 'plot:rejected', { plotId, reason: 'proof_missing' });
      }
      return {
        keep: keep.map(({ plotId, campaignId }) => ({ plotId, campaignId })),
        released: released.map(({ plotId }) => plotId),
      };
    });
  }
}

const keyOf = (kind: string, plotId: string) => `${kind} ${plotId}`;

/** Only what another keeper proved it has may go; not a copy that is on its way here. */
function mayGo({ keeperId }: Kept, nodeId: string, arriving: boolean): boolean {
  return keeperId !== null && keeperId !== nodeId && !arriving;
}
