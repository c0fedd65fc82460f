import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Batch,
  bucketOf,
  ChunkHasher,
  type EvidencePolicy,
  fileRoot,
  judgeRcHash,
  overlayAddress,
  parseRcHash,
  proximity,
  type RcHashAnswer,
  type RcHashChallenge,
  type RcHashVerdict,
  ROUND_BLOCKS,
  stampSigner,
  verifyStamp,
} from '#libs/swarm';
import { bytesOf, hexOf } from './hex.js';
import { FakeBee, FakeChain, FakeReserve, noFaults } from './index.js';

const neighbourhood = new Uint8Array(32).fill(0xa5);
const anchor1 = neighbourhood.with(20, 9);
const anchor2 = new Uint8Array(32).fill(0x31);
const chain = new FakeChain(() => 1_800_000_000_000);
const DEPTH = 2;

const reserve = new FakeReserve({
  neighbourhood,
  depth: DEPTH,
  chunks: 60,
  oneOwnedIn: 5,
  largeSpans: true,
  stampedAtNs: chain.consensusTimeNs - 1n,
});
const policy: EvidencePolicy = {
  minAgreeing: 1,
  maxOwned: 2,
  minBatches: 1,
  isTrusted: (_batch, id) => hexOf(id) === hexOf(reserve.issuer.batchId),
};

let bee: FakeBee;
let neighbour: FakeBee;

const keyOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);
const start = (privateKey: Uint8Array): Promise<FakeBee> =>
  FakeBee.start({ reserve, privateKey, chain, neighbourhood });

const get = async (path: string, from = bee) => {
  const response = await fetch(from.url + path);
  return { status: response.status, text: await response.text() };
};
const json = async (path: string, from = bee) => JSON.parse((await get(path, from)).text);

async function asked(from: FakeBee, second: Uint8Array = anchor2): Promise<RcHashAnswer> {
  const { text } = await get(`/rchash/${DEPTH}/${hexOf(anchor1)}/${hexOf(second)}`, from);
  return parseRcHash(text) as RcHashAnswer;
}

async function batchFrom(id: Uint8Array): Promise<Batch | null> {
  const found = (await json(`/batches/${hexOf(id)}`, neighbour)) as Omit<Batch, 'owner'> & { owner: string };
  const owner = bytesOf(found.owner, 20);
  return owner && { ...found, owner };
}

/** What a center would do: commit, open, compare with the neighbour, judge. */
async function challenged(change: Partial<RcHashChallenge> = {}): Promise<RcHashVerdict> {
  const committed = await asked(bee, keyOf(1));
  const opened = await asked(bee);
  const other = await asked(neighbour);
  const known = await batchFrom(reserve.issuer.batchId);
  return judgeRcHash(
    opened,
    {
      anchor1,
      anchor2,
      depth: DEPTH,
      batchOf: () => known,
      overlay: bee.node.overlay,
      height: 0,
      consensusTimeNs: chain.consensusTimeNs,
      committedHash: committed.hash,
      agreeing: hexOf(other.hash) === hexOf(opened.hash) ? 1 : 0,
      ...change,
    },
    policy,
  );
}

beforeAll(async () => {
  [bee, neighbour] = (await Promise.all([keyOf(21), keyOf(22)].map(start))) as [FakeBee, FakeBee];
});
afterAll(() => Promise.all([bee.stop(), neighbour.stop()]));

describe('an honest Bee', () => {
  test('says who it is, and its overlay follows from its address', async () => {
    const { overlay, chain_address: address } = await json('/addresses');
    const owner = bytesOf(address.slice(2), 20) as Uint8Array;
    expect(hexOf(overlayAddress(owner, 10n, bee.node.nonce))).toBe(overlay);
    expect(proximity(bee.node.overlay, neighbourhood)).toBeGreaterThanOrEqual(DEPTH);
    expect(await json('/node')).toEqual({ beeMode: 'full', chequebookEnabled: true, swapEnabled: true });
    expect((await get('/readiness')).status).toBe(200);
    expect(await json('/health')).toMatchObject({ status: 'ok', apiVersion: '8.1.0' });
  });

  test('tells of its reserve, the game, its wallet and stake as Bee does', async () => {
    expect(await json('/status')).toMatchObject({
      overlay: hexOf(bee.node.overlay),
      reserveSize: 60,
      reserveSizeWithinRadius: 60,
      committedDepth: DEPTH,
      isWarmingUp: false,
    });
    expect(await json('/reservestate')).toMatchObject({ storageRadius: DEPTH, reserveCapacityDoubling: 0 });
    const game = await json('/redistributionstate');
    expect(game).toMatchObject({ isFrozen: false, isFullySynced: true, block: chain.block });
    expect(game.round).toBe(Math.floor(chain.block / ROUND_BLOCKS));
    expect(await json('/chainstate')).toMatchObject({ chainTip: chain.block, currentPrice: '24000' });
    expect((await json('/wallet')).bzzBalance).toMatch(/^\d+$/);
    expect(await json('/stake')).toEqual({ stakedAmount: '100000000000000000' });
    expect((await json('/v1/status/neighborhoods')).neighborhoods[0].neighborhood).toBe('10');
  });

  test('its sample is evidence, spans beyond 2^53 and all', async () => {
    expect(await challenged()).toMatchObject({ outcome: 'valid', facts: { isDenseEnough: false } });
    const { proofs } = await asked(bee);
    expect(proofs.proof1.span).toBeGreaterThan(1n << 53n);
    expect((await json('/redistributionstate')).lastSampleDurationSeconds).toBeGreaterThan(0);
  });

  test('refuses anchors and depths that are none', async () => {
    const paths = [
      `/rchash/2/abc/${hexOf(anchor2)}`,
      `/rchash/2/00/0x11`,
      '/rchash/256/00/11',
      '/rchash/x/00/11',
    ];
    for (const path of paths) expect((await get(path)).status).toBe(400);
    expect((await get(`/rchash/200/${hexOf(anchor1)}/11`)).status).toBe(500);
    expect((await get('/nothing')).status).toBe(404);
    expect((await fetch(`${bee.url}/status`, { method: 'POST' })).status).toBe(405);
  });
});

describe('storage', () => {
  const upload = (path: string, body: Uint8Array, headers: Record<string, string> = {}) =>
    fetch(bee.url + path, {
      method: 'POST',
      body: Buffer.from(body),
      headers: { 'Swarm-Postage-Batch-Id': [...bee.node.issuers.keys()][0] as string, ...headers },
    });

  test('bytes come back from the root that the library works out', async () => {
    const file = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251);
    const response = await upload('/bytes', file);
    expect(response.status).toBe(201);
    const { reference } = (await response.json()) as { reference: string };
    expect(reference).toBe(hexOf(fileRoot(file)));
    const back = await fetch(`${bee.url}/bytes/${reference}`);
    expect(Buffer.compare(new Uint8Array(await back.arrayBuffer()), file)).toBe(0);
    const tag = await json(`/tags/${response.headers.get('Swarm-Tag')}`);
    expect(tag).toMatchObject({ address: reference, split: 150, synced: 150 });
    expect((await get(`/bytes/${'00'.repeat(32)}`)).status).toBe(404);
    expect((await get('/bytes/abc')).status).toBe(400);
  });

  test('a file of a name is the manifest that a real node makes of it', async () => {
    const text = Buffer.from('this is a simple text');
    const headers = { 'Content-Type': 'image/jpeg; charset=utf-8' };
    const response = await upload('/bzz?name=my-pictures.jpeg', text, headers);
    const { reference } = (await response.json()) as { reference: string };
    // bee pkg/api/bzz_test.go, check-content-type-detection
    expect(reference).toBe('4f9146b3813ccbd7ce45a18be23763d7e436ab7a3982ef39961c6f3cd4da1dcf');
    const back = await fetch(`${bee.url}/bzz/${reference}`);
    expect(await back.text()).toBe('this is a simple text');
    expect(back.headers.get('Content-Disposition')).toBe('inline; filename="my-pictures.jpeg"');
    expect((await get(`/bzz/${reference}/my-pictures.jpeg`)).text).toBe('this is a simple text');
    expect((await get(`/bzz/${reference}/other`)).status).toBe(404);

    const long = `${'folder/'.repeat(8)}file`;
    const nested = (await (await upload(`/bzz?name=${long}`, text)).json()) as { reference: string };
    expect((await get(`/bzz/${nested.reference}/${long}`)).text).toBe('this is a simple text');
  });

  test('chunks, with an owner or without, are kept under their own address', async () => {
    const [content, owned] = [false, true].map((wanted) =>
      reserve.all().find(({ singleOwner }) => (singleOwner !== null) === wanted),
    );
    for (const chunk of [content, owned]) {
      const path = `/chunks/${hexOf(chunk?.address ?? new Uint8Array())}`;
      const data = new Uint8Array(await (await fetch(bee.url + path)).arrayBuffer());
      const response = await upload(chunk === owned ? '/chunks?soc' : '/chunks', data);
      expect(await response.json()).toEqual({ reference: path.slice(8) });
      expect((await fetch(bee.url + path, { method: 'HEAD' })).status).toBe(200);
    }
    expect((await fetch(`${bee.url}/chunks/${'11'.repeat(32)}`, { method: 'HEAD' })).status).toBe(404);
    expect((await upload('/chunks', new Uint8Array(7))).status).toBe(400);
    expect((await upload('/chunks', new Uint8Array(5000))).status).toBe(500);
  });

  /** Contents whose chunks share their first 16 bits. */
  const ofOneBucket = (count: number): Uint8Array[] => {
    const buckets = new Map<number, Uint8Array[]>();
    const hasher = new ChunkHasher();
    for (let number = 0; ; number++) {
      const content = new TextEncoder().encode(`content ${number}`);
      const bucket = bucketOf(hasher.address(BigInt(content.length), content), 16);
      const found = [...(buckets.get(bucket) ?? []), content];
      if (found.length === count) return found;
      buckets.set(bucket, found);
    }
  };

  test('nothing is stored without a batch, or beyond one', async () => {
    const file = Uint8Array.of(1);
    expect((await upload('/bytes', file, { 'Swarm-Postage-Batch-Id': 'ab' })).status).toBe(400);
    expect((await upload('/bytes', file, { 'Swarm-Postage-Batch-Id': '00'.repeat(32) })).status).toBe(404);
    const bought = await fetch(`${bee.url}/stamps/414720000/17`, { method: 'POST' });
    const { batchID } = (await bought.json()) as { batchID: string };
    // three chunks of one bucket, which has two slots; one of them again takes none
    const answers = [];
    const [one, two, three] = ofOneBucket(3) as [Uint8Array, Uint8Array, Uint8Array];
    for (const chunk of [one, one, two, three])
      answers.push((await upload('/bytes', chunk, { 'Swarm-Postage-Batch-Id': batchID })).status);
    expect(answers).toEqual([201, 201, 201, 402]);
    expect(await json(`/stamps/${batchID}`)).toMatchObject({ depth: 17, utilization: 2, usable: true });
    expect((await get('/stamps/414720000/16')).status).toBe(405);
    expect((await get(`/stamps/${'11'.repeat(32)}`)).status).toBe(404);
  });

  test('an envelope is signed by the key that the node’s address is of', async () => {
    const address = keyOf(0x77);
    const response = await upload(`/envelope/${hexOf(address)}`, new Uint8Array(0));
    const envelope = (await response.json()) as Record<
      'issuer' | 'index' | 'timestamp' | 'signature',
      string
    >;
    const stamp = {
      batchId: bytesOf([...bee.node.issuers.keys()][0], 32) as Uint8Array,
      bucket: Number.parseInt(envelope.index.slice(0, 8), 16),
      slot: Number.parseInt(envelope.index.slice(8), 16),
      timestampNs: BigInt(`0x${envelope.timestamp}`),
      signature: bytesOf(envelope.signature, 65) as Uint8Array,
    };
    expect(stamp.bucket).toBe(bucketOf(address, 16));
    expect(`0x${hexOf(stampSigner(stamp, address) as Uint8Array)}`).toBe(
      (await json('/addresses')).chain_address,
    );
    const batch = { owner: bee.node.ethereumAddress, depth: 20, bucketDepth: 16 };
    expect(verifyStamp(stamp, address, batch)).toBeNull();
  });
});

describe('a Bee with a fault', () => {
  const withFault = async (faults: Partial<FakeBee['node']['faults']>, work: () => Promise<void>) => {
    Object.assign(bee.node.faults, faults);
    try {
      await work();
    } finally {
      Object.assign(bee.node.faults, noFaults());
    }
  };

  test('that syncs answers 503, but for what is always there', () =>
    withFault({ syncing: true }, async () => {
      for (const path of ['/status', '/rchash/2/00/11', '/wallet', '/bytes/00'])
        expect((await get(path)).status).toBe(503);
      for (const path of ['/health', '/node', '/addresses', '/chainstate'])
        expect((await get(path)).status).toBe(200);
      expect((await get('/readiness')).status).toBe(400);
    }));

  test('that forges its sample from nothing gives no evidence', () =>
    withFault({ forgedChunks: 2_000 }, async () => {
      const said = await asked(bee);
      const forged = {
        owner: said.proofs.proof1.singleOwner?.owner as Uint8Array,
        depth: 17,
        bucketDepth: 16,
      };
      const verdict = await challenged({ batchOf: () => forged });
      expect(verdict).toMatchObject({
        outcome: 'insufficient',
        lacks: ['no-agreement', 'owned-chunks-dominate', 'batch-not-trusted', 'payload-repeated'],
      });
      const { facts } = verdict as Extract<RcHashVerdict, { outcome: 'insufficient' }>;
      expect(Number(facts.estimatedChunks)).toBeGreaterThan(500);
    }));

  test('whose reserve changes between the calls is asked again', () =>
    withFault({ reserveChanges: true }, async () => {
      const lost = bee.node.reserve.size;
      expect(await challenged()).toMatchObject({
        outcome: 'insufficient',
        lacks: ['commitment-changed', 'no-agreement'],
      });
      expect(bee.node.reserve.size).toBe(lost - 2);
      expect(neighbour.node.reserve.size).toBe(60);
    }));

  test('that stops in the middle gives no answer at all', () =>
    withFault({ breaksOffAt: '/rchash' }, async () => {
      await expect(asked(bee)).rejects.toThrow();
      expect((await get('/status')).status).toBe(200);
    }));

  test('that takes its time, fails or is frozen says so', async () => {
    await withFault({ sampleDelayMs: 120 }, async () => {
      expect((await asked(bee)).durationSeconds).toBeGreaterThan(0.1);
    });
    await withFault({ sampleFails: true }, async () => {
      expect((await get(`/rchash/${DEPTH}/00/11`)).status).toBe(500);
    });
    await withFault({ frozen: true }, async () => {
      expect(await json('/redistributionstate')).toMatchObject({ isFrozen: true });
    });
  });

  test('that lies about its overlay is found by the chain’s own', () =>
    withFault({ claimedOverlay: '00'.repeat(32) }, async () => {
      const { overlay, chain_address: address } = await json('/addresses');
      expect((await json('/status')).overlay).toBe(overlay);
      const owner = bytesOf(address.slice(2), 20) as Uint8Array;
      expect(hexOf(overlayAddress(owner, 10n, bee.node.nonce))).not.toBe(overlay);
      const claimed = bytesOf(overlay, 32) as Uint8Array;
      expect(await challenged({ overlay: claimed })).toMatchObject({
        outcome: 'invalid',
        reason: 'overlay-out-of-neighbourhood',
      });
    }));
});
