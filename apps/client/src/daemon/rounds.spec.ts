import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyProof } from '#libs/proof-of-space';
import {
  CroftError,
  hexToBytes,
  lotOf,
  newKeyPair,
  type SignedAnswer,
  sign,
  subChallenge,
} from '#libs/protocol';
import { TestNode, until } from '../testing/test-node.js';
import { plot18 } from '../testing/vectors.js';

const { plotId } = plot18;
const campaignId = randomUUID();
let node: TestNode;
let file: string;

beforeEach(async () => {
  node = await new TestNode().begin();
  file = join(node.path, `plot-k18-2026-01-01-00-00-${plotId}.plot`);
  await copyFile(plot18.file, file);
  node.center.on('inventory:sync', () => ({ keep: [{ plotId, campaignId }], released: [] }));
});
afterEach(() => node.end());

async function connected() {
  await node.run();
  await until(() => node.daemon?.snapshot().link === 'connected', 'a connection');
}

const answers = () => node.center.messages<SignedAnswer>('round:answer').map(({ answer }) => answer);
const journal = async () => (await readFile(node.data.file.receipts(), 'utf8')).split('\n').filter(Boolean);

test('a due plot is answered with the first proof there is, and the receipt is kept', async () => {
  await connected();
  for (let index = 0; index < 5; index++) {
    node.center.send(
      'round',
      node.center.round({ campaignId, index, beacon: randomBytes(32).toString('hex') }),
    );
  }
  await until(() => node.events('answered').length === 5, 'five receipts');
  for (const { subIndex, proof, beacon, k } of answers()) {
    expect(subIndex).not.toBeNull();
    const lot = lotOf(hexToBytes(plotId), hexToBytes(beacon));
    const challenge = subChallenge(lot, subIndex!);
    expect(verifyProof(hexToBytes(plotId), k, challenge, hexToBytes(proof!))).not.toBeNull();
  }
  const lines = (await journal()).map((line) => JSON.parse(line));
  expect(lines.map(({ receipt }) => receipt.verdict)).toEqual(Array(5).fill('proved'));
  expect(node.daemon?.snapshot().checks.proved).toBe(5);
});

test('what is not due, of another campaign, or not here is not answered', async () => {
  await connected();
  node.center.send('round', node.center.round({ campaignId, threshold: 0 }));
  node.center.send('round', node.center.round());
  node.center.send('round', node.center.round({ campaignId, only: 'cd'.repeat(32), kind: 'custody' }));
  node.center.send('round', node.center.round({ campaignId, index: 9 }));
  await until(() => node.events('answered').length > 0, 'a receipt');
  expect(answers()).toHaveLength(1);
});

test('a copy that has just arrived is answered for before it is in custody', async () => {
  node.center.on('inventory:sync', () => ({ keep: [], released: [] }));
  await connected();
  node.center.send('round', node.center.round({ only: plotId, kind: 'custody' }));
  await until(() => node.events('answered').length === 1, 'a receipt');
});

test('the same round twice is answered once; a lost acknowledgement is answered by the first receipt', async () => {
  let kept: unknown;
  node.center.on('round:answer', (signed: SignedAnswer) => {
    if (kept) throw new CroftError('answer_repeated', { first: kept });
    kept = node.center.receiptFor(signed);
    node.center.drop();
    return new Promise(() => {});
  });
  await connected();
  const round = node.center.round({ campaignId });
  node.center.send('round', round);
  await until(() => node.events('answered').length === 1, 'a receipt');
  expect(await journal()).toHaveLength(1);
  node.center.send('round', round);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(node.center.messages('round:answer')).toHaveLength(2);
});

test('a receipt not signed by the center is not kept', async () => {
  const stranger = newKeyPair();
  node.center.on('round:answer', (signed: SignedAnswer) => {
    const { receipt } = node.center.receiptFor(signed);
    return { receipt, signature: sign('croft/receipt/1', receipt, stranger.secretKey) };
  });
  await connected();
  node.center.send('round', node.center.round({ campaignId }));
  await until(() => node.events('receipt_refused').length === 1, 'a refusal');
  expect(await journal()).toEqual([]);
});

test('a plot that cannot be read any more is answered as empty, and status says why', async () => {
  await connected();
  const damage = await open(file, 'r+');
  await damage.truncate(5000);
  await damage.close();
  node.center.send('round', node.center.round({ campaignId }));
  const [answer] = await until(() => answers().length > 0 && answers(), 'an answer');
  expect(answer).toMatchObject({ plotId, subIndex: null, proof: null });
  await until(() => node.daemon?.snapshot().plots.unreadable.length === 1, 'a reason');
});

test('another plot under the same name is not taken for this one', async () => {
  await connected();
  const change = await open(file, 'r+');
  await change.write(Buffer.alloc(31, 0x5a), 0, 31, 19);
  await change.close();
  node.center.send('round', node.center.round({ campaignId }));
  const [answer] = await until(() => answers().length > 0 && answers(), 'an answer');
  expect(answer).toMatchObject({ plotId, subIndex: null, proof: null });
  expect(node.events('plot_unreadable')).toMatchObject([
    { file, text: expect.stringContaining('another plot') },
  ]);
});

test('after the deadline nothing is sent any more', async () => {
  node.center.on('round:answer', () => {
    throw new CroftError('internal');
  });
  await connected();
  node.center.send('round', node.center.round({ campaignId, deadlineMs: 700 }));
  await until(() => node.events('answer_missed').length === 1, 'the end');
  const sent = answers().length;
  expect(sent).toBeGreaterThan(1);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(answers()).toHaveLength(sent);
});
