import { randomUUID } from 'node:crypto';
import { farmerKey, type World } from '../support/world.js';
import type { Behaviour } from './behaviour.js';
import type { Doors } from './doors.js';
import { KeyedPlot, keyedIdentity } from './keyed-plots.js';
import { MACHINE } from './population.js';
import { ScriptedClient, settledPlot } from './scripted-client.js';
import { keyPairOf, type SeededEntropy } from './seeded.js';

/**
 * Clients that were there before the field begins: accounts, nodes and accepted plots as rows, as their history
 * would have left them. Making thousands of plots through the doors would take longer than the thirty days; those whose
 * behaviour is looked at one by one come in through the doors (`join`).
 */
export async function settle(
  world: World,
  doors: Doors,
  entropy: SeededEntropy,
  campaignId: string,
  wanted: readonly { behaviour: Behaviour; plots: number }[],
): Promise<ScriptedClient[]> {
  const before = new Date(world.clock.now().getTime() - 86_400_000).toISOString();
  const indices = await world.query<{ next: string }>(
    `SELECT nextval('accounts_chia_index') AS next FROM generate_series(1, $1)`,
    [wanted.length],
  );
  const rows = { accounts: [], payout_addresses: [], nodes: [], plots: [], custodies: [] } as Record<
    string,
    object[]
  >;
  const clients = wanted.map(({ behaviour, plots }, n) => {
    const keys = keyPairOf(entropy.bytes(32));
    const [accountId, nodeId] = [randomUUID(), randomUUID()];
    const address = `0x${Buffer.from(entropy.bytes(20)).toString('hex')}`;
    const displayName = `${behaviour.name} ${n}`;
    rows.accounts!.push({
      id: accountId,
      displayName,
      role: 'contributor',
      locale: 'en',
      chiaIndex: Number(indices[n]!.next),
      createdAt: before,
    });
    rows.payout_addresses!.push({ id: randomUUID(), accountId, address, setAt: before, effectiveAt: before });
    const { publicKey } = keys;
    rows.nodes!.push({
      id: nodeId,
      accountId,
      publicKey,
      name: displayName,
      roles: ['plotter', 'storer'],
      report: MACHINE,
      state: 'active',
      workHeld: false,
      pairedAt: before,
    });
    const client = new ScriptedClient(doors, behaviour, nodeId, accountId, keys, entropy.sequence());
    const contractPuzzleHash = Buffer.from(entropy.bytes(32)).toString('hex');
    for (let i = 0; i < plots; i++) {
      const { plotId } = keyedIdentity(farmerKey, contractPuzzleHash, entropy.bytes(32));
      const plot = settledPlot(Buffer.from(plotId).toString('hex'));
      client.disk.set(plot.plotId, new KeyedPlot(plotId));
      client.claimed.add(plot.plotId);
      const owner = { campaignId, accountId, nodeId };
      rows.plots!.push({
        ...plot,
        ...owner,
        farmerPublicKey: farmerKey,
        contractPuzzleHash,
        registeredAt: before,
        acceptedAt: before,
      });
      rows.custodies!.push({ id: randomUUID(), plotRef: plot.id, ...owner, storing: true, fromAt: before });
    }
    return client;
  });
  for (const [table, list] of Object.entries(rows)) await insert(world, table, list);
  return clients;
}

async function insert(world: World, table: string, rows: object[]) {
  const columns = Object.keys(rows[0] ?? {})
    .map((name) => `"${name}"`)
    .join(', ');
  for (let i = 0; i < rows.length; i += 1000) {
    await world.query(
      `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table}", $1)`,
      [JSON.stringify(rows.slice(i, i + 1000))],
    );
  }
}
