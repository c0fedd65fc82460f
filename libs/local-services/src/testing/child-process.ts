import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transform } from '@swc/core';

/** Compiles this library and the one it needs into dist/ (not in git), so that a plain Node process can import it. */
export async function compileLibrary(): Promise<string> {
  const libraries = resolve(import.meta.dirname, '../../..');
  for (const library of ['local-services', 'processes']) {
    const source = join(libraries, library, 'src');
    const target = join(libraries, '../dist/.spec', library);
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(source).filter((name) => /(?<!\.spec)\.ts$/.test(name))) {
      const { code } = await transform(readFileSync(join(source, file), 'utf8'), {
        swcrc: false,
        module: { type: 'nodenext' },
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      });
      const linked = code.replaceAll(/#libs\/([\w-]+)/g, '../$1/index.js');
      writeFileSync(join(target, file.replace(/\.ts$/, '.js')), linked);
    }
  }
  return join(libraries, '../dist/.spec/local-services/index.js');
}

/** Runs a script in a process of its own; `said` is the first line it prints, as JSON. */
export async function runScript(
  script: string,
  options: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<{ child: ChildProcess; said: Record<string, string | number | boolean> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: resolve(import.meta.dirname, '../../../..'),
    ...options,
  });
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the script ended with ${code} and said nothing`);
    }),
  ])) as [Buffer];
  return { child, said: JSON.parse(line.toString('utf8')) };
}
