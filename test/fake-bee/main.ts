import { FakeBee } from './fake-bee.js';
import { FakeReserve } from './reserve.js';

/**
 * Fake Bees as a process of their own, one for each port: `node main.js [PORT …]`. They are neighbours with one reserve.
 * Tells its parent who they are, with the keys that stake for them and a batch that each may stamp with, and the batch
 * that their reserve was stamped with; ends when its parent does. What they keep is in memory.
 */
const neighbourhood = new Uint8Array(32).fill(0x5a);
const reserve = new FakeReserve({ neighbourhood, depth: 1, chunks: 40, stampedAtNs: 0n });
const ports = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [0];
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bees = await Promise.all(
  ports.map(async (port, i) => {
    const privateKey = new Uint8Array(32).fill(9 + i);
    const bee = await FakeBee.start({ reserve, privateKey, neighbourhood }, port);
    return { bee, privateKey };
  }),
);
const { batchId, batch } = reserve.issuer;
process.send?.({
  depth: reserve.depth,
  batch: { id: hex(batchId), ...batch, owner: hex(batch.owner) },
  bees: bees.map(({ bee: { url, node }, privateKey }) => ({
    url,
    batch: [...node.issuers.keys()][0],
    key: hex(privateKey),
    ethereumAddress: hex(node.ethereumAddress),
    nonce: hex(node.nonce),
    overlay: hex(node.overlay),
    height: node.height,
  })),
});

const end = () => void Promise.all(bees.map(({ bee }) => bee.stop())).then(() => process.exit(0));
process.on('SIGTERM', end).on('SIGINT', end).on('disconnect', end);
