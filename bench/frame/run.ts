import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { headText, isRight, machineText, rowText, thisMachine } from './report.js';
import { median, type Row, type Section } from './section.js';

/**
 * Runs a benchmark from the command line: `[SECTION…] [--large] [--json FILE]`. Prints the machine, the command, a
 * table and the peak of resident memory, and writes the same as JSON. The process ends with 1 when a row that has
 * only one right value has another, with 2 for a command it does not know.
 *
 * @param name as in `npm run bench:NAME`
 */
export async function runBench(name: string, sections: Readonly<Record<string, Section>>): Promise<void> {
  const given = parse(name, Object.keys(sections));
  if (!given) return;
  const machine = thisMachine();
  const command = ['npm run', `bench:${name}`, '--', ...process.argv.slice(2)].join(' ');
  console.log(`${command}\n${machineText(machine)}`);
  const results = [];
  for (const chosen of given.sections) {
    const { title, run } = sections[chosen]!;
    console.log(`\n${title}\n${headText()}`);
    const rows: Row[] = [];
    await run({
      large: given.large,
      row: (row) => {
        rows.push(row);
        console.log(rowText(row));
      },
    });
    // of the whole process so far: a section that is to be judged by it is run alone
    const peakRssBytes = process.resourceUsage().maxRSS * 1024;
    console.log(`  peak resident memory so far: ${Math.round(peakRssBytes / 2 ** 20)} MiB`);
    results.push({
      section: chosen,
      peakRssBytes,
      rows: rows.map((row) => ({ ...row, median: median(row.samples) })),
    });
    if (!rows.every(isRight)) process.exitCode = 1;
  }
  if (given.json) {
    writeFileSync(given.json, `${JSON.stringify({ command, machine, at: new Date(), results }, null, 2)}\n`);
  }
}

function parse(name: string, known: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { large: { type: 'boolean', default: false }, json: { type: 'string' } },
    });
    const unknown = positionals.find((section) => !known.includes(section));
    if (unknown !== undefined) throw new Error(`There is no section '${unknown}'`);
    return { ...values, sections: positionals.length > 0 ? positionals : known };
  } catch (error) {
    console.error((error as Error).message);
    console.error(`usage: npm run bench:${name} -- [${known.join('|')}]… [--large] [--json FILE]`);
    process.exitCode = 2;
    return null;
  }
}
