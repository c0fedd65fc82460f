import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** Who keeps an accepted plot now; null for both when nobody does any more. */
export interface KeptNow {
  /** Row id of the plot. */
  plotRef: string;
  /** 32 bytes, hex. */
  plotId: string;
  nodeId: string | null;
  accountId: string | null;
}

/** Rows read in one go: some tens of milliseconds for whoever waits meanwhile. */
const PAGE = 10_000;

/** Reads who keeps which plots of a campaign, all of it once and then what changed. */
@Injectable()
export class CustodyChanges {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /**
   * Everything, or what changed since an earlier look, page by page.
   *
   * @param since what the look before came to; null for everything
   * @param take gets the pages, in any order; what comes later is newer
   * @returns where the next look goes on: nothing written since is missed, some may be told again
   */
  async read(campaignId: string, since: string | null, take: (rows: KeptNow[]) => void): Promise<string> {
    const [{ horizon }] = await this.database.query(
      'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon',
    );
    if (since === null) await this.readAll(campaignId, take);
    else take(await this.changedSince(campaignId, since));
    return horizon;
  }

  private async readAll(campaignId: string, take: (rows: KeptNow[]) => void): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query(
        `DECLARE kept NO SCROLL CURSOR FOR
         SELECT p.id AS "plotRef", p."plotId", c."nodeId", c."accountId"
         FROM custodies c JOIN plots p ON p.id = c."plotRef"
         WHERE c."campaignId" = $1 AND c."untilAt" IS NULL AND p.state = 'accepted'`,
        [campaignId],
      );
      for (;;) {
        const rows: KeptNow[] = await manager.query(`FETCH ${PAGE} FROM kept`);
        take(rows);
        if (rows.length < PAGE) return;
      }
    });
  }

  private changedSince(campaignId: string, since: string): Promise<KeptNow[]> {
    return this.database.query(
      `SELECT changed."plotRef", p."plotId", c."nodeId", c."accountId"
       FROM (SELECT DISTINCT "plotRef" FROM custodies WHERE "campaignId" = $1 AND "changedIn" >= $2) changed
       JOIN plots p ON p.id = changed."plotRef"
       LEFT JOIN custodies c ON c."plotRef" = p.id AND c."untilAt" IS NULL AND p.state = 'accepted'`,
      [campaignId, since],
    );
  }
}
