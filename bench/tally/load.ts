import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '#libs/local-services';
import type { Section } from '../frame/section.js';
import { addressOf, startCenter } from './center-process.js';
import type { ClientsOrder, ClientsReport } from './load/clients.js';
import { type LoadNode, populate } from './load/population.js';

const GOAL = { nodes: 10_000, checksPerHour: 100_000, p95Ms: 250, memoryMiB: 1024 };
const ROUND_SECONDS = 15;
const CLIENT_PROCESSES = 2;
/** How often a client that has nothing to do asks for work, and how long its disk takes for a proof at most. */
const POLL_MS = 30_000;
const DISK_MS = 3_000;
/** All clients dial within this time, as when the center comes back. */
const DIAL_MS = 15_000;
const standIn = new URL('./load/stand-in.js', import.meta.url);

/** The real center, a process of its own, on a durable PostgreSQL, with real sockets of clients in two more processes. */
export const load: Section = {
  title: 'Clients with real sockets at one center, on this machine together with them and the database',
  async run({ large, row }) {
    const nodes = large ? GOAL.nodes : GOAL.nodes / 10;
    const seconds = large ? 120 : 45;
    const folder = mkdtempSync(join(tmpdir(), 'croft-bench-load-'));
    chmodSync(folder, 0o755);
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres') });
    const children: ChildProcess[] = [];
    try {
      const child = startCenter(folder, postgres.url, { roles: 'api,audit', preload: standIn });
      children.push(child);
      const url = await addressOf(child);
      const database = new pg.Client({ connectionString: postgres.url });
      await database.connect();
      const terms = { nodes, roundSeconds: ROUND_SECONDS, checksPerHour: GOAL.checksPerHour };
      const population = await populate(database, terms);
      const began = performance.now();
      const clients = await connectAll(url, population.nodes, children);
      row({ name: 'clients connected', samples: [nodes], unit: '', wanted: nodes });
      row({
        name: `  all of them, who dialled within ${DIAL_MS / 1000} s, after`,
        samples: [(performance.now() - began) / 1000],
        unit: 's',
      });
      await sleep(POLL_MS);
      const opened = await Promise.all(clients.map(reportOf));
      const redials = opened.reduce((sum, report) => sum + report.redials, 0);
      row({ name: '  dialled again', samples: [redials], unit: '' });
      const idle = await cpuWhile(child, 10);
      row({ name: '  the center’s processor, no rounds', samples: [idle], unit: '% of one' });
      await database.query(`UPDATE campaigns SET state = 'active', "startsAt" = now()`);
      const busy = await cpuWhile(child, seconds);
      await sleep(DISK_MS);
      const reports = await Promise.all(clients.map(reportOf));
      const answers = reports.flatMap((report) => report.answerMs).sort((a, b) => a - b);
      const polls = reports.flatMap((report) => report.pollMs).sort((a, b) => a - b);
      const at = (list: number[], part: number) => list[Math.floor(list.length * part)] ?? 0;
      row({ name: 'checks an hour', samples: [(answers.length / seconds) * 3600], unit: '' });
      row({ name: '  answer to receipt, median', samples: [at(answers, 0.5)], unit: 'ms' });
      const p95 = { name: `the goal of ${GOAL.p95Ms} ms`, value: GOAL.p95Ms };
      row({ name: '  answer to receipt, 95 %', samples: [at(answers, 0.95)], unit: 'ms', against: p95 });
      row({ name: '  answer to receipt, largest', samples: [answers.at(-1) ?? 0], unit: 'ms' });
      row({
        name: `asking for work every ${POLL_MS / 1000} s, 95 %`,
        samples: [at(polls, 0.95)],
        unit: 'ms',
      });
      row({ name: 'the center’s processor', samples: [busy], unit: '% of one' });
      const memory = { name: 'the goal of 1 GiB', value: GOAL.memoryMiB };
      row({ name: 'the center’s memory, largest', samples: [peakMiB(child)], unit: 'MiB', against: memory });
      row({ name: 'answers that were not proved', samples: [unproved(reports)], unit: '', wanted: 0 });
      row({
        name: 'connections lost',
        samples: [nodes - reports.reduce((sum, { connected }) => sum + connected, 0)],
        unit: '',
        wanted: 0,
      });
      await database.end();
    } finally {
      for (const child of children.reverse()) {
        child.kill();
        if (child.exitCode === null) await once(child, 'exit');
      }
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function connectAll(url: string, nodes: LoadNode[], children: ChildProcess[]): Promise<ChildProcess[]> {
  return Promise.all(
    Array.from({ length: CLIENT_PROCESSES }, async (_, n) => {
      const child = fork(new URL('./load/clients.js', import.meta.url));
      children.push(child);
      const own = nodes.filter((_node, i) => i % CLIENT_PROCESSES === n);
      child.send({
        url,
        nodes: own,
        pollMs: POLL_MS,
        diskMs: DISK_MS,
        dialMs: DIAL_MS,
      } satisfies ClientsOrder);
      const ended = once(child, 'exit').then(([code]) => {
        throw new Error(`the clients’ process ended with ${code}`);
      });
      await Promise.race([once(child, 'message'), ended]);
      ended.catch(() => {});
      return child;
    }),
  );
}

async function reportOf(child: ChildProcess): Promise<ClientsReport> {
  const answer = once(child, 'message');
  child.send('report');
  return (await answer)[0] as ClientsReport;
}

const unproved = (reports: ClientsReport[]) =>
  reports
    .flatMap(({ verdicts }) => Object.entries(verdicts))
    .reduce((sum, [verdict, times]) => (verdict === 'proved' ? sum : sum + times), 0);

/** Part of one processor that a process takes over some seconds, percent; from Linux's /proc. */
async function cpuWhile({ pid }: ChildProcess, seconds: number): Promise<number> {
  const ticks = () => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return Number(fields[11]) + Number(fields[12]);
  };
  const [before, since] = [ticks(), performance.now()];
  await sleep(seconds * 1000);
  return ((ticks() - before) * 1000) / (performance.now() - since);
}

function peakMiB({ pid }: ChildProcess): number {
  const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
