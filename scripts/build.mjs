// Compiles apps, libs, migrations, bench and the fake Bee with swc (decorator metadata kept) into dist/, without their
// `src` folder level: libs/x/src/index.ts -> dist/libs/x/index.js. Before that the kernels with AssemblyScript and the
// contracts with solc, after it the portal with Vite; each only when its sources changed since the last build.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** Every file below `folder` for which `keep(path)` holds, sorted. */
export function filesBelow(folder, keep = () => true) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(keep)
    .sort();
}

/** SHA-256 over names and contents: the key under which a build step's output may be kept. */
export function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Runs a step when its sources changed, or something it makes is gone. */
async function whenChanged(name, files, made, step) {
  const stamp = join(dist, '.stamps', name);
  const now = fingerprint([...files, fileURLToPath(import.meta.url)]);
  if (made.every((path) => existsSync(path)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now)
    return;
  const started = performance.now();
  await step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
  if (!process.env.CROFT_QUIET_BUILD) {
    console.log(`  built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** Folders that are compiled; the fake Bee, because the demo starts one as a process of its own. */
const compiled = ['apps', 'libs', 'migrations', 'bench', 'test/fake-bee'];

/** What runs: no tests and nothing that only tests use. */
const isSource = (path) =>
  /\.ts$/.test(path) &&
  !/\.(spec|d)\.ts$|spec-support\.ts$/.test(path) &&
  !/[\\/](testing|kernels)[\\/]/.test(path);

async function compile(files) {
  const { transform } = await import('@swc/core');
  for (const folder of compiled) {
    for (const old of filesBelow(
      join(dist, folder),
      (path) => /\.js(\.map)?$/.test(path) && !path.includes('/portal/'),
    ))
      rmSync(old);
  }
  await Promise.all(
    files.map(async (file) => {
      const target = join(
        dist,
        relative(root, file)
          .replace(/([\\/])src([\\/])/, '$1')
          .replace(/\.ts$/, '.js'),
      );
      const { code, map } = await transform(readFileSync(file, 'utf8'), {
        filename: file,
        sourceMaps: true,
        swcrc: false,
        module: { type: 'nodenext' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      });
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, `${code}\n//# sourceMappingURL=${target.split(/[\\/]/).at(-1)}.map\n`);
      writeFileSync(`${target}.map`, map);
    }),
  );
}

async function copyAssets() {
  const { cpSync } = await import('node:fs');
  for (const folder of ['apps', 'libs']) {
    for (const file of filesBelow(
      join(root, folder),
      (path) => /\.(wasm|json)$/.test(path) && path.includes('/src/') && !path.includes('/portal/'),
    )) {
      const target = join(dist, relative(root, file).replace(/([\\/])src([\\/])/, '$1'));
      mkdirSync(dirname(target), { recursive: true });
      cpSync(file, target);
    }
  }
}

/** Brings dist/ and generated sources up to date; what did not change since the last build is kept. */
export async function build() {
  const compiler = join(root, 'scripts/compile-contracts.mjs');
  const artifacts = join(root, 'libs/settlement/src/generated/artifacts.ts');
  const solidity = filesBelow(join(root, 'contracts'), (path) => path.endsWith('.sol'));
  await whenChanged('contracts', [...solidity, compiler], [artifacts], async () => {
    const { compileContracts } = await import(pathToFileURL(compiler).href);
    await compileContracts();
  });
  const kernelCompiler = join(root, 'scripts/compile-kernels.mjs');
  const { compileKernels, kernelModules } = await import(pathToFileURL(kernelCompiler).href);
  const kernels = filesBelow(join(root, 'libs'), (path) => /[\\/]kernels[\\/].*\.ts$/.test(path));
  const modules = kernelModules().map(({ target }) => join(root, target));
  await whenChanged('kernels', [...kernels, kernelCompiler], modules, compileKernels);
  const portal = join(root, 'apps/portal');
  const notPortal = (path) => isSource(path) && !path.startsWith(portal);
  const sources = compiled.flatMap((folder) => filesBelow(join(root, folder), notPortal));
  await whenChanged('server', sources, [join(dist, 'apps/center/main.js')], async () => {
    await compile(sources);
    await copyAssets();
    chmodSync(join(dist, 'apps/client/croft.js'), 0o755);
  });
  const inBrowser = ['bundle', 'claims', 'kernel', 'proof-of-space', 'protocol', 'ruleset', 'swarm'].flatMap(
    (lib) => filesBelow(join(root, 'libs', lib), isSource),
  );
  const pages = [...filesBelow(portal), ...inBrowser];
  await whenChanged('portal', pages, [join(dist, 'apps/portal/public/index.html')], async () => {
    const vite = await import('vite');
    await vite.build({ configFile: join(portal, 'vite.config.ts'), logLevel: 'error' });
  });
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) await build();
