// Checks the checkers: puts one fault after another into a copy of the contracts' source and runs the tests in Solidity
// against it. Every mutant must be found, apart from those that change nothing, which must not.
//   node scripts/forge-mutants.mjs [--quick] [--from N] [--to N] [words of a mutant's name]
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from '../contracts/test/mutants.mjs';
import { compileSources, solcSettings } from './compile-contracts.mjs';
import { forgeTest } from './forge-test.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** The older pipeline compiles in a fifth of the time; the control shows that the tests accept what it makes. */
const settings = { ...solcSettings, viaIR: false, optimizer: { enabled: true, runs: 200 } };
const seed = `0x${'c7'.repeat(32)}`;
/** What to deploy, and which tests are about it. */
const campaign = {
  file: 'contracts/PayoutCampaign.sol',
  contract: 'PayoutCampaign',
  code: 'CAMPAIGN_CODE',
  tests: 'contracts/test/PayoutCampaign*.t.sol',
};
const chequebook = {
  file: 'contracts/ChequebookFactory.sol',
  contract: 'ChequebookFactory',
  code: 'CHEQUEBOOK_FACTORY_CODE',
  tests: 'contracts/test/Chequebook.t.sol',
};

const source = (file) => readFileSync(join(root, file), 'utf8');

function mutated({ name, file, from, to }) {
  const text = source(file);
  const [before, after, ...more] = text.split(from);
  if (after === undefined || more.length > 0) throw new Error(`"${name}" does not fit one place of ${file}`);
  return before + to + after;
}

/** Resolves with whether the tests found a fault. `mutant` null: the source as it is. */
async function found(target, mutant) {
  const sources = { [target.file]: { content: source(target.file) } };
  if (mutant) sources[mutant.file] = { content: mutated(mutant) };
  const compiled = await compileSources(sources, settings, () => {});
  const bytecode = compiled[target.file][target.contract].evm.bytecode.object;
  const { code, output } = await forgeTest({
    codes: { [target.code]: `0x${bytecode}` },
    seed,
    settings: {
      FOUNDRY_FUZZ_RUNS: '24',
      FOUNDRY_INVARIANT_RUNS: '5',
      FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '0',
    },
    args: ['--match-path', target.tests, '--fail-fast'],
  });
  const first = /\[FAIL[:.]? ?([^\]]*)\]/.exec(output)?.[1];
  if (code !== 0 && first === undefined) throw new Error(`forge did not run:\n${output}`);
  return code === 0 ? null : first.split(';')[0];
}

const args = process.argv.slice(2).filter((arg) => arg !== '--quick');
const number = (option, otherwise) => {
  const at = args.indexOf(option);
  return at < 0 ? otherwise : Number(args.splice(at, 2)[1]);
};
const [first, end] = [number('--from', 0), number('--to', mutants.length)];
const chosen = mutants
  .slice(first, end)
  .filter(
    ({ name, quick }) =>
      (quick || !process.argv.includes('--quick')) && args.every((word) => name.includes(word)),
  );
const targetOf = ({ file }) => (file.includes('Chequebook') ? chequebook : campaign);
let wrong = 0;
for (const target of new Set(chosen.map(targetOf))) {
  const fault = await found(target, null);
  if (fault) wrong++;
  console.log(`${fault ? '✗' : '✓'} ${target.contract} as it is: ${fault ?? 'passes'}`);
}
for (const mutant of chosen) {
  const fault = await found(targetOf(mutant), mutant);
  if ((fault === null) !== Boolean(mutant.survives)) wrong++;
  const outcome = fault ?? (mutant.survives ? `changes nothing: ${mutant.survives}` : 'SURVIVED');
  console.log(
    `${mutants.indexOf(mutant)} ${(fault === null) === Boolean(mutant.survives) ? '✓' : '✗'} ${mutant.name}: ${outcome}`,
  );
}
console.log(`${chosen.length} mutants, ${wrong} wrong`);
process.exit(wrong > 0 ? 1 : 0);
