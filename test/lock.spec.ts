import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface LockEntry {
  version?: string;
  resolved?: string;
  optional?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, LockEntry> };

/** The entry Node would find for `name` from the package at `parent`. */
function lookUp(parent: string, name: string): LockEntry | undefined {
  const own = packages[`${parent ? `${parent}/` : ''}node_modules/${name}`];
  if (own || !parent) return own;
  return lookUp(parent.slice(0, Math.max(0, parent.lastIndexOf('node_modules/') - 1)), name);
}

test('the lock has every platform package, so that npm ci works on systems it was not made on', () => {
  const missing = Object.entries(packages).flatMap(([parent, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !lookUp(parent, name))
      .map((name) => `${name} of ${parent} (run: node scripts/complete-lock.mjs)`),
  );
  expect(missing).toEqual([]);
  for (const platform of ['darwin-arm64', 'darwin-amd64', 'linux-arm64', 'linux-amd64', 'win32-amd64']) {
    const entry = packages[`node_modules/@foundry-rs/anvil-${platform}`];
    expect(entry).toMatchObject({ optional: true, os: [platform.split('-')[0]] });
  }
});

test('the lock names no registry, so that it works behind any mirror', () => {
  const resolved = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
  expect(resolved.map(([name]) => name)).toEqual([]);
  expect(text).not.toMatch(/"https?:\/\/[^"]*\.tgz/);
});

test('every dependency of the project is pinned to one version, and the lock agrees', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+/);
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
});
