// Compiles libs/*/kernels/*.ts (AssemblyScript, each file a WebAssembly module; folders below hold what they share)
// into libs/<lib>/src/generated/<name>-wasm.ts, which carries the module as base64: Node, tests and browsers import
// the very same bytes, and nothing is looked up on disk.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Fixed 128-bit SIMD, bulk memory and saturating conversions: in every Node and browser since 2021. */
const flags = [
  '--optimizeLevel=3',
  '--shrinkLevel=0',
  '--converge',
  '--noAssert',
  '--runtime=stub',
  '--enable=simd',
  '--use=abort=',
];

/** The modules to build: `{ source, target }`, paths relative to the project. */
export function kernelModules() {
  return readdirSync(join(root, 'libs'))
    .filter((lib) => existsSync(join(root, 'libs', lib, 'kernels')))
    .flatMap((lib) =>
      readdirSync(join(root, 'libs', lib, 'kernels'), { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
        .map(({ name }) => ({
          source: join('libs', lib, 'kernels', name),
          target: join('libs', lib, 'src/generated', `${basename(name, '.ts')}-wasm.ts`),
        })),
    );
}

/** Compiles every module. Throws an Error with the compiler's own text on the first that fails. */
export async function compileKernels() {
  const { default: asc } = await import('assemblyscript/asc');
  for (const { source, target } of kernelModules()) {
    let binary;
    const { error, stderr } = await asc.main([source, '--outFile=out.wasm', ...flags], {
      readFile: (name) => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : null),
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = Buffer.from(contents);
      },
      listFiles: () => [],
    });
    if (error || !binary) throw new Error(`${source}: ${error?.message ?? ''}\n${stderr.toString()}`);
    const text = [
      `// Generated from ${source.replaceAll('\\', '/')} by scripts/compile-kernels.mjs. Do not edit.`,
      `/** A WebAssembly module of ${binary.length} bytes, base64. */`,
      `export default '${binary.toString('base64')}';`,
      '',
    ].join('\n');
    mkdirSync(dirname(join(root, target)), { recursive: true });
    writeFileSync(join(root, target), text);
  }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const started = performance.now();
  await compileKernels();
  console.log(`kernels compiled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
