import { randomUUID } from 'node:crypto';
import { copyFile, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestNode, until } from '../testing/test-node.js';
import { plot18 } from '../testing/vectors.js';

const { plotId } = plot18;
const name = 'plot.plot';
let node: TestNode;

beforeEach(async () => {
  node = await new TestNode().begin();
  await copyFile(plot18.file, join(node.path, name));
});
afterEach(() => node.end());

async function connected() {
  await node.run();
  await until(() => node.daemon?.snapshot().link === 'connected', 'a connection');
}

test('every plot here is named by its header; a file that is no plot is shown with its reason', async () => {
  const file = await open(join(node.path, 'broken.plot'), 'w');
  await file.write('no plot');
  await file.close();
  await connected();
  expect(node.center.messages('inventory:sync')).toEqual([
    { plots: [{ plotId, plotKind: 'chia-v1', k: 18 }] },
  ]);
  const { plots } = node.daemon!.snapshot();
  expect(plots).toMatchObject({ files: 1, bytes: plot18.bytes, kept: 0 });
  expect(plots.unreadable).toEqual([{ file: join(node.path, 'broken.plot'), reason: expect.any(String) }]);
});

test('a plot the center does not mention stays; a released one goes, by message or at the next connection', async () => {
  await connected();
  expect(await readdir(node.path)).toEqual([name]);
  node.center.send('plot:released', { plotId });
  await until(() => node.events('plot_released').length === 1, 'release');
  expect(await readdir(node.path)).toEqual([]);

  await copyFile(plot18.file, join(node.path, name));
  await node.halt();
  node.center.on('inventory:sync', () => ({ keep: [], released: [plotId] }));
  await connected();
  expect(await readdir(node.path)).toEqual([]);
});

test('a rejected plot is put aside, and the reason is told', async () => {
  await connected();
  node.center.send('plot:kept', { plotId, campaignId: randomUUID() });
  await until(() => node.daemon?.snapshot().plots.kept === 1, 'custody');
  node.center.send('plot:rejected', { plotId, reason: 'proof_missing' });
  await until(() => node.events('plot_rejected').length === 1, 'rejection');
  expect(node.events('plot_rejected')[0]).toMatchObject({ reason: 'proof_missing' });
  expect(node.daemon?.snapshot().plots).toMatchObject({ kept: 0, files: 0 });
  expect(await readdir(node.path)).toEqual([`${name}.rejected`]);
});

test('a plot folder that is gone stops the start: its disk may not be mounted', async () => {
  node.node.path = join(node.path, 'gone');
  await expect(node.run()).rejects.toMatchObject({ code: 'folder_not_writable' });
});

test('a file that has become another plot meanwhile is not deleted', async () => {
  await connected();
  const file = await open(join(node.path, name), 'r+');
  await file.write(Buffer.alloc(32, 1), 0, 32, 19);
  await file.close();
  node.center.send('plot:released', { plotId });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await readdir(node.path)).toEqual([name]);
});
