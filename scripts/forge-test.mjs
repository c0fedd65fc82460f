// Runs the tests in Solidity (contracts/test/*.t.sol) with forge, on the bytecode that the build made.
//   node scripts/forge-test.mjs [--large] [--seed 0x…] [further arguments of forge test]
// Without --large the runs are few enough for CI. The seed is printed; the same seed gives the same runs.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** How much is tried; by hand `large` takes a few minutes. */
const sizes = {
  small: { FOUNDRY_FUZZ_RUNS: '48', FOUNDRY_INVARIANT_RUNS: '10', FOUNDRY_INVARIANT_DEPTH: '40' },
  large: { FOUNDRY_FUZZ_RUNS: '1000', FOUNDRY_INVARIANT_RUNS: '200', FOUNDRY_INVARIANT_DEPTH: '100' },
};

/** Where forge's own program lies: the package's wrapper would be one Node process more. */
export function forgeBinary(platform = process.platform, arch = process.arch) {
  const name = `@foundry-rs/forge-${platform}-${arch === 'x64' ? 'amd64' : arch}`;
  const wrapper = createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json');
  return createRequire(wrapper).resolve(`${name}/bin/forge${platform === 'win32' ? '.exe' : ''}`);
}

/** Creation code of the contracts under test, as the environment variables that the tests read. */
export function shippedCodes() {
  const text = readFileSync(join(root, 'libs/settlement/src/generated/artifacts.ts'), 'utf8');
  const codeOf = (name) => new RegExp(`export const ${name}: .*"bytecode":"(0x[0-9a-f]+)"`).exec(text)?.[1];
  return { CAMPAIGN_CODE: codeOf('PayoutCampaign'), CHEQUEBOOK_FACTORY_CODE: codeOf('ChequebookFactory') };
}

/** Runs forge; resolves with its exit code and everything it said. `seed` is 32 bytes as 0x hex. */
export function forgeTest({ codes, seed, size = 'small', settings = {}, args = [] }) {
  const compiler = join(root, 'scripts/solc-for-forge.mjs');
  const given = ['test', '--root', root, '--use', compiler, '--fuzz-seed', seed, ...args];
  // forge would try what once failed before anything else; here the seed alone says what is tried
  const failures = mkdtempSync(join(tmpdir(), 'croft-forge-'));
  return new Promise((resolve, reject) => {
    const child = spawn(forgeBinary(), given, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        FOUNDRY_CONFIG: join(root, 'contracts/foundry.toml'),
        FOUNDRY_FUZZ_FAILURE_PERSIST_DIR: failures,
        FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR: failures,
        ...sizes[size],
        ...settings,
        ...codes,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass);
      rmSync(failures, { recursive: true, force: true });
      resolve({ code: code ?? 1, output });
    });
  });
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const args = process.argv.slice(2).filter((arg) => arg !== '--large');
  const at = args.indexOf('--seed');
  const seed = at < 0 ? `0x${randomBytes(32).toString('hex')}` : args.splice(at, 2)[1];
  if (!existsSync(join(root, 'libs/settlement/src/generated/artifacts.ts')))
    throw new Error('the contracts are not compiled yet: npm run build');
  const size = process.argv.includes('--large') ? 'large' : 'small';
  console.log(`forge, ${size}, seed ${seed}`);
  const { code, output } = await forgeTest({ codes: shippedCodes(), seed, size, args });
  console.log(output);
  process.exit(code);
}
