import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { PRESENT_RULESET } from '#libs/ruleset';

/** A node with one plot, as a client and the center know it. */
export interface LoadNode {
  nodeId: string;
  secretKey: string;
  plotId: string;
}

export interface LoadTerms {
  nodes: number;
  roundSeconds: number;
  /** So that so many checks an hour come to all of them. */
  checksPerHour: number;
}

/** Accounts, nodes, accepted plots of k=32 and a campaign that does not run yet. */
export async function populate(client: pg.Client, { nodes, roundSeconds, checksPerHour }: LoadTerms) {
  const campaignId = randomUUID();
  const now = new Date();
  await client.query(
    `INSERT INTO campaigns (id, name, state, "tokenAddress", "tokenSymbol", "tokenDecimals", "chainId", "payoutContract",
       "unitSize", "startsAt", "endsAt", "epochSeconds", "roundSeconds", "nodeChecksPerDay", "checksPerPlotPerDay",
       "deadlineMs", "plotKind", "minK", "taskK", "plotTarget", "retentionSeconds", ruleset)
     VALUES ($1, 'Load', 'draft', '', 'B', 18, 1, '', 1, $2, $3, 86400, $4, $5, 1, 20000, 'chia-v1', 32, 32, 0, 0, $6)`,
    [
      campaignId,
      now,
      new Date(now.getTime() + 10 * 86_400_000),
      roundSeconds,
      Math.round((checksPerHour * 24) / nodes),
      PRESENT_RULESET,
    ],
  );
  await client.query(
    `INSERT INTO campaign_rates ("campaignId", version, "effectiveAt", "plottingPerPlot", "immediateBps",
       "storagePerPlotEquivalentHour") VALUES ($1, 1, $2, '{}', 0, 0)`,
    [campaignId, now],
  );
  const rows = Array.from({ length: nodes }, (_, index) => {
    const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const hex = (text: string) => Buffer.from(text, 'base64url').toString('hex');
    const [account, node, plot, lease] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const plotId = randomBytes(32).toString('hex');
    return { index, account, node, plot, lease, plotId, publicKey: hex(x), secretKey: hex(d) };
  });
  const from = `FROM jsonb_to_recordset($1::jsonb) AS r(index int, account uuid, node uuid, plot uuid, lease uuid,
    "plotId" text, "publicKey" text)`;
  const report = JSON.stringify({ cores: 4, storeBytes: 1e12, storeFreeBytes: 1e12, memoryBytes: 8e9 });
  for (let i = 0; i < rows.length; i += 2_000) {
    const some = JSON.stringify(rows.slice(i, i + 2_000).map(({ secretKey: _, ...row }) => row));
    await client.query(
      `INSERT INTO accounts (id, "displayName", "chiaIndex")
       SELECT account, 'load ' || index, index + 1000 ${from}`,
      [some],
    );
    await client.query(
      `INSERT INTO nodes (id, "accountId", "publicKey", name, roles, report, "pairedAt")
       SELECT node, account, "publicKey", 'load', '["plotter", "storer"]', $2::jsonb, $3 ${from}`,
      [some, report, now],
    );
    await client.query(
      `INSERT INTO plots (id, "plotId", "significantId", k, kind, "farmerPublicKey", "contractPuzzleHash", "plotBytes",
         "contentRoot", "campaignId", "accountId", "nodeId", "leaseId", state, "registeredAt", "acceptedAt")
       SELECT plot, "plotId", left("plotId", 62), 32, 'chia-v1', '', '', 108000000000, '', $2, account, node, lease,
         'accepted', $3, $3 ${from}`,
      [some, campaignId, now],
    );
    await client.query(
      `INSERT INTO custodies ("plotRef", "campaignId", "nodeId", "accountId", storing, "fromAt")
       SELECT plot, $2, node, account, true, $3 ${from}`,
      [some, campaignId, now],
    );
  }
  await client.query('ANALYZE');
  return {
    campaignId,
    nodes: rows.map(({ node, secretKey, plotId }): LoadNode => ({ nodeId: node, secretKey, plotId })),
  };
}
