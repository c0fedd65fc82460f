#!/usr/bin/env node
// The npm build of solc as forge calls a native one: `--version`, and `--standard-json` on standard input.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { default: solc } = await import('solc');

if (process.argv.includes('--version')) {
  const version = createRequire(import.meta.url)('solc/package.json').version;
  console.log(
    `solc, the solidity compiler commandline interface\nVersion: ${version}+commit.0.Emscripten.clang`,
  );
} else {
  const read = (path) => {
    const file = [path, join(root, path), join(root, 'node_modules', path)].find(existsSync);
    return file ? { contents: readFileSync(file, 'utf8') } : { error: `not found: ${path}` };
  };
  process.stdout.write(solc.compile(readFileSync(0, 'utf8'), { import: read }));
}
