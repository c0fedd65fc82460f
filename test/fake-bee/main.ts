import { FakeBee } from './fake-bee.js';
import { FakeReserve } from './reserve.js';

/**
 * A fake Bee as a process of its own: `node main.js [PORT]`. Tells its parent its address and a batch that it may
 * stamp with, and ends when its parent does. What it keeps is in memory.
 */
const neighbourhood = new Uint8Array(32).fill(0x5a);
const reserve = new FakeReserve({ neighbourhood, depth: 1, chunks: 40, stampedAtNs: 0n });
const privateKey = new Uint8Array(32).fill(9);
const bee = await FakeBee.start({ reserve, privateKey, neighbourhood }, Number(process.argv[2] ?? 0));
const [batch] = bee.node.issuers.keys();
process.send?.({ url: bee.url, batch });

const end = () => void bee.stop().then(() => process.exit(0));
process.on('SIGTERM', end).on('SIGINT', end).on('disconnect', end);
