import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Answer, contentHash, newKeyPair, type Receipt, sign } from '#libs/protocol';
import { readJsonFile, writeJsonFile } from './atomic-file.js';
import { takeProcessLock } from './process-lock.js';
import { isReceiptFor, ReceiptJournal } from './receipt-journal.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-state-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('files', () => {
  const schema = z.object({ a: z.number() });
  test('are replaced whole, are secret when asked, and leave nothing beside them', async () => {
    const path = join(folder, 'x.json');
    expect(await readJsonFile(path, schema)).toBeNull();
    await Promise.all(Array.from({ length: 20 }, (_, a) => writeJsonFile(path, { a }, true)));
    expect(await readJsonFile(path, schema)).toEqual({ a: expect.any(Number) });
    expect(await readdir(folder)).toEqual(['x.json']);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
  test('that are damaged have their own error', async () => {
    for (const text of ['', '{"a":', '{"a":"1"}', '[]']) {
      await writeFile(join(folder, 'x.json'), text);
      await expect(readJsonFile(join(folder, 'x.json'), schema)).rejects.toMatchObject({
        code: 'state_damaged',
      });
    }
  });
});

describe('the lock', () => {
  test('is held by one, and free again afterwards', async () => {
    const path = join(folder, 'lock');
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => takeProcessLock(path)));
    const won = tries.filter((each) => each.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await expect(takeProcessLock(path)).rejects.toMatchObject({ code: 'data_folder_in_use' });
    await won[0]!.value();
    await (await takeProcessLock(path))();
    expect(await readdir(folder)).toEqual([]);
  });
  test('of a process that is gone, or of another one with its number, is taken over', async () => {
    const path = join(folder, 'lock');
    for (const owner of ['4194303-1 ab', `${process.pid}-1 ab`, 'garbage', '']) {
      await writeFile(path, owner);
      await (await takeProcessLock(path))();
    }
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('receipts', () => {
  const center = newKeyPair();
  const answer: Answer = {
    roundId: randomUUID(),
    nodeId: randomUUID(),
    plotId: 'ab'.repeat(32),
    plotKind: 'chia-v1',
    k: 18,
    beacon: 'cd'.repeat(32),
    subIndex: null,
    proof: null,
  };
  const { roundId, nodeId, plotId } = answer;
  const answerHash = contentHash('croft/answer/1', answer);
  const receipt: Receipt = { roundId, nodeId, plotId, answerHash, receivedAt: 1, verdict: 'empty' };
  const signed = (content: Receipt) => ({
    receipt: content,
    signature: sign('croft/receipt/1', content, center.secretKey),
  });

  test('are believed only for their own answer and from the paired center', () => {
    expect(isReceiptFor(answer, signed(receipt), center.publicKey)).toBe(true);
    expect(isReceiptFor(answer, signed(receipt), newKeyPair().publicKey)).toBe(false);
    for (const change of [
      { roundId: randomUUID() },
      { nodeId: randomUUID() },
      { plotId: 'ef'.repeat(32) },
      { answerHash: 'ef'.repeat(32) },
    ]) {
      expect(isReceiptFor(answer, signed({ ...receipt, ...change }), center.publicKey)).toBe(false);
    }
    const altered = { ...signed(receipt), receipt: { ...receipt, verdict: 'proved' as const } };
    expect(isReceiptFor(answer, altered, center.publicKey)).toBe(false);
  });

  test('are counted again after a restart; a half-written line is cut off', async () => {
    const path = join(folder, 'receipts.ndjson');
    const first = await ReceiptJournal.open(path);
    for (let i = 0; i < 3; i++) await first.add({ answer, signature: '' }, signed(receipt));
    await first.close();
    await appendFile(path, '{"receipt":{"verdict":"pro');
    const second = await ReceiptJournal.open(path);
    expect(second.counts).toMatchObject({ empty: 3, proved: 0 });
    await second.add({ answer, signature: '' }, signed({ ...receipt, verdict: 'proved' }));
    await second.close();
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).receipt.verdict)).toEqual([
      'empty',
      'empty',
      'empty',
      'proved',
    ]);
  });
});
