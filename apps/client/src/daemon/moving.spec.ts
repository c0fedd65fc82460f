import { createHash, randomUUID } from 'node:crypto';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CroftError, contentRootOf, limits, type MoveTask, pieceCount } from '#libs/protocol';
import { contentOf, readPiece } from '../plots/content.js';
import { TestNode, until } from '../testing/test-node.js';
import { plot18 } from '../testing/vectors.js';

const { plotId } = plot18;
let node: TestNode;
let task: MoveTask;
let live: boolean;

beforeEach(async () => {
  node = await new TestNode().begin();
  live = true;
  task = {
    kind: 'move',
    leaseId: randomUUID(),
    campaignId: randomUUID(),
    plotId,
    plotKind: 'chia-v1',
    k: 18,
    plotBytes: plot18.bytes,
    pieceBytes: limits.pieceBytes,
    contentRoot: (await contentOf(plot18.file)).contentRoot,
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  };
  node.center.on('task:next', () => ({ tasks: live ? [task] : [] }));
  node.center.on('transfer:piece', ({ index }: { index: number }) => readPiece(plot18.file, index));
  const end = () => {
    live = false;
    return null;
  };
  node.center.on('transfer:done', end);
  node.center.on('task:fail', end);
});
afterEach(() => node.end());

const asked = () => node.center.messages<{ index: number }>('transfer:piece').map(({ index }) => index);
const done = () => until(() => node.center.messages('transfer:done').length > 0, 'transfer:done');
const failed = () => until(() => node.center.messages<{ cause: string }>('task:fail')[0], 'task:fail');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function theCopyIsWhole() {
  const names = await readdir(node.path);
  expect(names).toHaveLength(1);
  expect(names[0]).toMatch(new RegExp(`^plot-k18-[0-9-]{16}-${plotId}\\.plot$`));
  const copy = await readFile(join(node.path, names[0]!));
  expect(sha256(copy)).toBe(sha256(await readFile(plot18.file)));
}

test('a plot is fetched in pieces, checked and handed in', async () => {
  await node.run();
  await done();
  await theCopyIsWhole();
  expect(asked().sort()).toEqual([0, 1, 2, 3]);
  expect(node.center.messages('transfer:done')[0]).toEqual({
    leaseId: task.leaseId,
    contentRoot: task.contentRoot,
  });
  expect(node.daemon?.snapshot().plots.files).toBe(1);
});

test('a client that stopped half-way continues, with no more than what is missing', async () => {
  node.center.on('transfer:piece', ({ index }: { index: number }) =>
    index < 2 ? readPiece(plot18.file, index) : new Promise(() => {}),
  );
  await node.run();
  await until(() => node.daemon?.snapshot().tasks[0]?.fraction === 0.5, 'half of it');
  await node.halt();
  expect((await readdir(node.path)).filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
  const before = asked().length;
  node.center.on('transfer:piece', ({ index }: { index: number }) => readPiece(plot18.file, index));
  await node.run();
  await done();
  await theCopyIsWhole();
  expect(asked().slice(before).sort()).toEqual([2, 3]);
});

test('a finished copy whose hand-in was lost is only handed in again', async () => {
  await copyFile(plot18.file, join(node.path, `plot-k18-2026-01-01-00-00-${plotId}.plot`));
  await node.run();
  await done();
  expect(asked()).toEqual([]);
});

test('a keeper that is away and pieces that come damaged are waited out', async () => {
  let troubles = 3;
  node.center.on('transfer:piece', async ({ index }: { index: number }) => {
    if (troubles-- > 0) throw new CroftError(troubles === 1 ? 'source_offline' : 'piece_hash_mismatch');
    return readPiece(plot18.file, index);
  });
  await node.run();
  await done();
  await theCopyIsWhole();
});

test('pieces that are another file are given up after one fresh start', async () => {
  node.center.on('transfer:piece', async ({ index }: { index: number }) => {
    const piece = await readPiece(plot18.file, index);
    const bytes = Buffer.from(piece.bytes);
    bytes[100]! ^= 1;
    return { index, bytes, sha256: sha256(bytes) };
  });
  await node.run();
  expect(await failed()).toMatchObject({ cause: 'content_differs' });
  expect(asked()).toHaveLength(2 * pieceCount(plot18.bytes));
  expect(await readdir(node.path)).toEqual([]);
});

test('a file that is another plot than the lease names is given up', async () => {
  task = { ...task, plotId: 'cd'.repeat(32) };
  await node.run();
  expect(await failed()).toMatchObject({ cause: 'plot_differs' });
  expect(await readdir(node.path)).toEqual([]);
});

test('what does not fit into the offer is refused before a byte is fetched', async () => {
  node.node.storeBytes = plot18.bytes - 1;
  await node.run();
  expect(await failed()).toMatchObject({ cause: 'disk_full' });
  expect(asked()).toEqual([]);
});

test('a lease that was taken back leaves nothing behind', async () => {
  node.center.on('transfer:piece', () => {
    throw new CroftError('source_offline');
  });
  node.center.on('task:heartbeat', () => {
    live = false;
    throw new CroftError('lease_expired');
  });
  await node.run();
  await until(() => node.events('task_ended').length === 1, 'the end of the lease');
  await until(() => node.daemon?.snapshot().tasks.length === 0, 'the end of the work');
  expect(await readdir(node.path)).toEqual([]);
  expect(node.center.messages('task:fail')).toEqual([]);
});

test('a task of an unknown kind is handed back and spoils no other', async () => {
  const other = randomUUID();
  node.center.on('task:next', () => ({
    tasks: [{ kind: 'replica', leaseId: other }, ...(live ? [task] : [])],
  }));
  node.center.on('task:fail', () => null);
  await node.run();
  await done();
  expect(node.center.messages('task:fail')).toEqual([
    expect.objectContaining({ leaseId: other, cause: 'unsupported' }),
  ]);
});

test('pieces of a kept plot are read for the next keeper', async () => {
  live = false;
  await copyFile(plot18.file, join(node.path, 'mine.plot'));
  await node.run();
  await until(() => node.daemon?.snapshot().link === 'connected', 'a connection');
  const hashes: string[] = [];
  for (let index = 0; index < pieceCount(plot18.bytes); index++) {
    const answer = (await node.center.ask('transfer:read', { plotId, index })) as {
      value: { bytes: Buffer; sha256: string };
    };
    expect(sha256(answer.value.bytes)).toBe(answer.value.sha256);
    hashes.push(answer.value.sha256);
  }
  expect(contentRootOf(hashes)).toBe(task.contentRoot);
  expect(await node.center.ask('transfer:read', { plotId, index: 4 })).toMatchObject({
    error: { code: 'piece_out_of_range' },
  });
  expect(await node.center.ask('transfer:read', { plotId: 'cd'.repeat(32), index: 0 })).toMatchObject({
    error: { code: 'plot_unknown' },
  });
});
