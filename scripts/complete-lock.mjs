// Makes package-lock.json complete for all platforms: npm drops optional platform packages that the registry
// it was made against did not have, and `npm ci` on such a platform would then lack them for good. Adds an
// entry for each, with the version its parent names. `--check` only reports.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json');
const systems = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  android: 'android',
  freebsd: 'freebsd',
};
const processors = {
  x64: 'x64',
  amd64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  s390x: 's390x',
};
const libraries = { gnu: 'glibc', musl: 'musl' };

/** Every folder from which `parent` could take the package, nearest first, as Node looks it up. */
function places(parent, name) {
  const found = [];
  for (let at = parent; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    found.push(`${at ? `${at}/` : ''}node_modules/${name}`);
    if (!at) return found;
  }
}

/** Optional dependencies without an entry: { parent, name, range }. */
function missing(packages) {
  return Object.entries(packages).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !places(parent, name).some((place) => packages[place]))
      .map(([name, range]) => ({ parent, name, range })),
  );
}

function entryFor({ name, range }, parent) {
  const version = /^(?:[~^]|>=)?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)$/.exec(range)?.[1];
  if (!version) throw new Error(`${name}: no version can be read from "${range}"`);
  const words = name.split('/').at(-1).split('-');
  const pick = (table) => words.map((word) => table[word]).find(Boolean);
  const [os, cpu, libc] = [pick(systems), pick(processors), pick(libraries)];
  if (!os || !cpu) throw new Error(`${name}: its name does not tell the platform`);
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    ...(parent.license ? { license: parent.license } : {}),
    optional: true,
    os: [os],
  };
}

const lock = JSON.parse(readFileSync(file, 'utf8'));
const absent = missing(lock.packages);
if (process.argv.includes('--check')) {
  for (const { parent, name, range } of absent) console.log(`${name}@${range} (of ${parent}) has no entry`);
  process.exit(absent.length ? 1 : 0);
}
for (const gap of absent)
  lock.packages[`node_modules/${gap.name}`] = entryFor(gap, lock.packages[gap.parent]);
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${absent.length} entries added`);
