import { StampIssuer, SwarmError } from '#libs/swarm';
import { type Answer, type Call, created, invalid, ok, refusal } from './answer.js';
import { bigEndianHex, bytesOf, hexOf } from './hex.js';
import type { FakeNode } from './node.js';
import type { Routes } from './routes.js';

const AMOUNT = '414720000';
const TTL_SECONDS = 86_400;

/** Postage: bee pkg/api/{postage,envelope,tag}.go. */
export function stampRoutes(node: FakeNode): Routes {
  const own = (issuer: StampIssuer) => ({
    batchID: hexOf(issuer.batchId),
    utilization: issuer.utilization,
    utilizationRatio: issuer.utilization / 2 ** (issuer.batch.depth - issuer.batch.bucketDepth),
    usable: true,
    label: '',
    depth: issuer.batch.depth,
    amount: AMOUNT,
    bucketDepth: issuer.batch.bucketDepth,
    blockNumber: node.chain.block,
    immutableFlag: false,
    exists: true,
    batchTTL: TTL_SECONDS,
  });
  const known = (issuer: StampIssuer) => ({
    batchID: hexOf(issuer.batchId),
    value: AMOUNT,
    start: node.chain.block,
    owner: hexOf(issuer.batch.owner),
    depth: issuer.batch.depth,
    bucketDepth: issuer.batch.bucketDepth,
    immutable: false,
    batchTTL: TTL_SECONDS,
  });
  const all = (): StampIssuer[] => [...node.issuers.values(), node.reserve.issuer];
  const tag = (uid: string): Answer => {
    const found = node.tags.get(Number(uid));
    if (!found) return refusal(404, 'tag not present');
    const { chunks, ...rest } = found;
    return ok({ ...rest, split: chunks, seen: 0, stored: chunks, sent: chunks, synced: chunks });
  };
  return {
    'GET /stamps': () => ok({ stamps: [...node.issuers.values()].map(own) }),
    'GET /stamps/{id}': ({ params }) => {
      if (!bytesOf(params.id, 32)) return invalid('path', 'batch_id', 'want len:32');
      const issuer = node.issuers.get(params.id as string);
      return issuer ? ok(own(issuer)) : refusal(404, 'issuer does not exist');
    },
    'POST /stamps/{amount}/{depth}': ({ params }) => {
      const depth = Number(params.depth);
      if (!/^\d+$/.test(params.amount ?? '')) return invalid('path', 'amount', 'invalid value');
      if (!(depth >= 17 && depth <= 48)) return invalid('path', 'depth', 'want min:17');
      return created({ batchID: node.buyBatch(depth), txHash: `0x${'00'.repeat(32)}` });
    },
    'GET /batches': () => ok({ batches: all().map(known) }),
    'GET /batches/{id}': ({ params }) => {
      if (!bytesOf(params.id, 32)) return invalid('path', 'batch_id', 'want len:32');
      const issuer = all().find(({ batchId }) => hexOf(batchId) === params.id);
      return issuer ? ok(known(issuer)) : refusal(404, 'batch not found');
    },
    'POST /envelope/{address}': (call) => {
      const address = bytesOf(call.params.address, 32);
      if (!address) return invalid('path', 'address', 'invalid address');
      return stamped(node, call, (issuer) => {
        const stamp = issuer.stamp(address, nowNs());
        return created({
          issuer: `0x${hexOf(issuer.batch.owner)}`,
          index: bigEndianHex(BigInt(stamp.bucket), 4) + bigEndianHex(BigInt(stamp.slot), 4),
          timestamp: bigEndianHex(stamp.timestampNs, 8),
          signature: hexOf(stamp.signature),
        });
      });
    },
    'POST /tags': () => created(tag(String(node.newTag().uid)).json ?? null),
    'GET /tags/{uid}': ({ params }) => tag(params.uid as string),
  };
}

/** Does what needs a batch, with the errors of bee pkg/api/bytes.go when there is none, or no slot. */
export function stamped(node: FakeNode, { headers }: Call, work: (issuer: StampIssuer) => Answer): Answer {
  const id = headers['swarm-postage-batch-id'];
  if (typeof id !== 'string' || !bytesOf(id, 32))
    return invalid('header', 'Swarm-Postage-Batch-Id', 'want required:');
  const issuer = node.issuers.get(id.toLowerCase());
  if (!issuer) return refusal(404, 'batch with id not found');
  try {
    return work(issuer);
  } catch (error) {
    if (error instanceof SwarmError && error.code === 'bucket-full')
      return refusal(402, 'batch is overissued');
    throw error;
  }
}

/** Unix time in nanoseconds, for stamps. */
export function nowNs(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
