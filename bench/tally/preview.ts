import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Postgres, startPostgres } from '#libs/local-services';
import type { Section } from '../frame/section.js';
import { addressOf, startCenter } from './center-process.js';
import { fillBooks, rates } from './preview-books.js';

const DAYS = 30;
const GOAL_S = 10;

/** A real center on a real database is asked over HTTP; meanwhile others ask it for something else. */
export const preview: Section = {
  title: 'Preview of a campaign’s rates: 30 days replayed under others',
  async run({ large, row }) {
    const folder = mkdtempSync(join(tmpdir(), 'croft-bench-preview-'));
    // PostgreSQL may have to run as another user than root
    chmodSync(folder, 0o755);
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false });
    let child: ChildProcess | undefined;
    try {
      child = startCenter(folder, postgres.url, { roles: 'api' });
      const url = `${await addressOf(child)}/api`;
      const cookie = await signIn(url, folder);
      for (const nodes of large ? [10_000, 30_000] : [10_000]) {
        const campaignId = await filled(postgres, nodes);
        const ask = async (changes: object): Promise<Answer> => {
          const answer = await fetch(`${url}/admin/campaigns/${campaignId}/preview`, {
            method: 'POST',
            headers: { cookie, 'content-type': 'application/json' },
            body: JSON.stringify({ ...draft(), ...changes }),
          });
          if (answer.status !== 200) throw new Error(`the center answered ${await answer.text()}`);
          return (await answer.json()) as Answer;
        };
        const name = `${nodes.toLocaleString('en')} nodes × ${DAYS} days`;
        const waits: number[] = [];
        const samples: number[] = [];
        for (const storagePerPlotEquivalentHour of ['1', '2000000000000000', '999999999999999']) {
          const others = askOften(`${url}/campaigns`, waits);
          samples.push(await seconds(() => ask({ storagePerPlotEquivalentHour })));
          await others.stop();
        }
        row({ name, samples, unit: 's', against: { name: 'the goal of 10 s', value: GOAL_S } });
        row({ name: '  another request meanwhile', samples: waits, unit: 'ms' });
        const same = await ask({});
        row({
          name: '  under the same rates: difference',
          samples: [Number(same.difference)],
          unit: '',
          wanted: 0,
        });
        row({ name: '  contributors told', samples: [same.contributors], unit: '', wanted: nodes });
        row({
          name: '  its next page',
          samples: [(await seconds(() => ask({ offset: 50 }))) * 1000],
          unit: 'ms',
        });
      }
    } finally {
      child?.kill();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Answer {
  difference: string;
  contributors: number;
}

const draft = () => ({
  plottingPerPlot: Object.fromEntries(
    Object.entries(rates.plottingPerPlot).map(([k, amount]) => [k, amount.toString()]),
  ),
  immediateBps: rates.immediateBps,
  storagePerPlotEquivalentHour: rates.storagePerPlotEquivalentHour.toString(),
  effectiveAt: new Date(Date.now() + 3_600_000).toISOString(),
});

async function signIn(url: string, folder: string): Promise<string> {
  const [email, password] = readFileSync(join(folder, 'center/first-admin.txt'), 'utf8').split('\n');
  const answer = await fetch(`${url}/auth/password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

async function filled(postgres: Postgres, nodes: number): Promise<string> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return await fillBooks(client, nodes, DAYS);
  } finally {
    await client.end();
  }
}

/** Asks every 20 ms, one after another, and notes how long each takes. */
function askOften(url: string, waits: number[]) {
  let going = true;
  const asking = (async () => {
    while (going) {
      waits.push((await seconds(() => fetch(url).then((answer) => answer.arrayBuffer()))) * 1000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    stop: () => {
      going = false;
      return asking;
    },
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
