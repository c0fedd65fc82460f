import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PairRequest, pairRequest, pairStatement, verify } from '#libs/protocol';
import { explain, speakFor } from '../messages/speak.js';
import { TestCenter } from '../testing/test-center.js';
import type { CommandIo } from './io.js';
import { type JoinOptions, join } from './join.js';
import { leave } from './leave.js';
import { status } from './status.js';

let folder: string;
let center: TestCenter;
let lines: string[];
let options: JoinOptions;
let requests: PairRequest[];
const io: CommandIo = {
  out: (line) => void lines.push(line),
  err: (line) => void lines.push(line),
  speak: speakFor({}),
  env: {},
};

beforeEach(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'croft-join-'));
  lines = [];
  requests = [];
  center = await new TestCenter(() => requests.at(-1)!.publicKey).start();
  const answer = center.onPair;
  center.onPair = (body) => {
    requests.push(pairRequest.parse(body));
    return answer(body);
  };
  const data = joinPath(folder, 'data');
  options = {
    code: 'abcd-efg1',
    store: '1MB',
    path: joinPath(folder, 'plots'),
    plot: true,
    data,
    name: 'attic',
  };
});
afterEach(async () => {
  await center.stop();
  await rm(folder, { recursive: true });
});

const stored = async () => JSON.parse(await readFile(joinPath(folder, 'data', 'node.json'), 'utf8'));
const refusal = (change: Partial<JoinOptions>, url = center.url) =>
  expect(join(url, { ...options, ...change }, io)).rejects;

test('joining pairs a new key with the code and says what is next', async () => {
  await join(`${center.url}/`, options, io);
  const [request] = requests;
  expect(request).toMatchObject({ code: 'ABCDEFG1', name: 'attic', roles: ['plotter', 'storer'] });
  expect(request!.report.storeBytes).toBe(1e6);
  expect(verify('croft/pair/1', pairStatement(request!), request!.signature, request!.publicKey)).toBe(true);
  expect(await stored()).toMatchObject({ centerUrl: center.url, paired: { nodeId: center.nodeId } });
  if (process.platform !== 'win32') {
    expect((await stat(joinPath(folder, 'data', 'node.json'))).mode & 0o777).toBe(0o600);
  }
  expect(lines.join('\n')).toContain('croft run --data');
  expect(lines[0]).toContain('attic');
});

test('a lost answer is asked for again with the same key; afterwards nothing is asked any more', async () => {
  const answer = center.onPair;
  center.onPair = (body) => ({ ...answer(body), status: 502, body: '' });
  await refusal({}).toMatchObject({ code: 'center_answer_invalid' });
  center.onPair = answer;
  await join(center.url, options, io);
  await join(center.url, options, io);
  expect(requests).toHaveLength(2);
  expect(requests[1]!.publicKey).toBe(requests[0]!.publicKey);
  expect(lines.some((line) => line.includes('already'))).toBe(true);
});

test('another code after a refused one has a key of its own', async () => {
  const answer = center.onPair;
  center.onPair = (body) => {
    answer(body);
    return { status: 410, body: { code: 'pairing_code_expired', message: 'x' } };
  };
  await refusal({}).toMatchObject({ code: 'pairing_code_expired' });
  center.onPair = answer;
  await join(center.url, { ...options, code: '0000-0000' }, io);
  expect(requests[1]!.publicKey).not.toBe(requests[0]!.publicKey);
  await refusal({}).toMatchObject({ code: 'already_joined' });
});

test('what cannot be offered is refused before anything is sent', async () => {
  const file = joinPath(folder, 'file');
  await writeFile(file, '');
  await refusal({ code: 'ABCD' }).toMatchObject({ code: 'code_invalid' });
  await refusal({ store: 'much' }).toMatchObject({ code: 'size_invalid' });
  await refusal({ store: '0', plot: false }).toMatchObject({ code: 'nothing_offered' });
  await refusal({ path: joinPath(file, 'plots') }).toMatchObject({ code: 'folder_not_writable' });
  await refusal({ store: '900PB' }).toMatchObject({ code: 'size_invalid' });
  await refusal({ store: '8PB' }).toMatchObject({ code: 'space_missing' });
  await refusal({}, 'ftp://x').toMatchObject({ code: 'url_invalid' });
  expect(requests).toEqual([]);
});

test('a center that is not there, and one that is none, are told apart', async () => {
  await refusal({}, 'http://127.0.0.1:1').toMatchObject({ code: 'center_unreachable' });
  center.onPair = () => ({ status: 200, body: { hello: 'world' } });
  await refusal({}).toMatchObject({ code: 'center_answer_invalid' });
});

test('refusals are explained in the language of the person', async () => {
  center.onPair = () => ({ status: 409, body: { code: 'pairing_code_used', message: 'used' } });
  const error = await join(center.url, options, io).catch((thrown) => thrown);
  expect(explain(error, speakFor({ LANG: 'en_US.UTF-8' }))).toContain('one click');
  expect(explain(error, speakFor({ LANG: 'zh_CN.UTF-8' }))).toContain('配对码');
  expect(explain(error, speakFor({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }))).toContain('one click');
});

test('status before the first start, and leaving', async () => {
  const { data } = options;
  await expect(status({ data }, io)).rejects.toMatchObject({ code: 'not_joined' });
  await join(center.url, options, io);
  lines = [];
  await status({ data, json: true }, io);
  expect(JSON.parse(lines[0]!)).toMatchObject({ running: false, nodeId: center.nodeId, last: null });
  await status({ data }, io);
  expect(lines.join('\n')).toContain('not running');
  await expect(leave({ data }, io)).rejects.toMatchObject({ code: 'confirmation_missing' });
  await leave({ data, yes: true }, io);
  await expect(stored()).rejects.toMatchObject({ code: 'ENOENT' });
});
