// The rules of the house (docs/architecture.md): which way imports may go. `npm test` runs them; test/house.spec.ts
// plants one breach of each and sees that it is found.

/** Domains of the center, top first: a domain may use those after it, never those before. */
const storeys = [
  'admin',
  'notices',
  'farm',
  'treasury',
  'statements',
  'cheques',
  'payouts',
  'rewards',
  'swarm',
  'audits',
  'transfers',
  'plots',
  'tasks',
  'nodes',
  'accounts',
  'campaigns',
];

/** Providers that a domain's module exports and that are no `*.service.ts`. */
const exportedProviders = [
  'accounts/payout-addresses.ts',
  'accounts/payout-address-policy.ts',
  'tasks/openings.ts',
  'plots/custody-changes.ts',
];

const center = '^apps/center/src/';
const domains = `(${storeys.join('|')})`;
const literally = (text) => text.replaceAll('.', '\\.');

/** Files of libs/proof-of-space that touch disk or threads, so that the rest need not. */
const filesWithIo = ['reader/file-source', 'plotter/(?!compress/|tables/).*'];
const testsOnly = '\\.spec\\.tsx?$|/testing/|spec-support\\.ts$';
const pure = '^libs/(ruleset|proof-of-space|swarm|protocol)/';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-circle',
      'Files that need each other cannot be understood or tested alone. Types alone may refer to each other.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('not-resolvable', 'An import must lead somewhere.', {}, { couldNotResolve: true }),
    rule(
      'apps-apart',
      'Apps meet over the network only.',
      { path: '^apps/([^/]+)/' },
      {
        path: '^apps/',
        pathNot: '^apps/$1/',
      },
    ),
    rule(
      'libs-below-apps',
      'Arrows go down only: apps use libs.',
      { path: '^libs/' },
      {
        path: '^(apps|migrations|bench|test)/',
      },
    ),
    rule(
      'bench-on-libs',
      'Benchmarks measure libs.',
      { path: '^bench/' },
      { path: '^(apps|migrations|test)/' },
    ),
    rule(
      'libs-by-their-door',
      'A lib is used through its index (as #libs/<name>).',
      {
        path: '^(apps|libs|migrations)/([^/]+)/',
        pathNot: testsOnly,
      },
      { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    ),
    rule(
      'pure-libs-no-framework',
      'These libs also run in a browser or a worker: no server, database or chain code.',
      {
        path: pure,
        pathNot: testsOnly,
      },
      { path: '(^|node_modules/)(@nestjs|typeorm|ethers|pg)(/|$)|^libs/(settlement|local-services)/' },
    ),
    rule(
      'pure-libs-no-io',
      'These libs do no I/O, but for the plot files behind their small interface.',
      {
        path: pure,
        pathNot: [testsOnly, `^libs/proof-of-space/src/(${filesWithIo.join('|')})\\.ts$`],
      },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'portal-no-server',
      'The portal runs in a browser.',
      { path: '^apps/portal/src/', pathNot: testsOnly },
      {
        dependencyTypes: ['core'],
      },
    ),
    rule(
      'portal-no-server-libs',
      'The portal runs in a browser.',
      { path: '^apps/portal/src/', pathNot: testsOnly },
      {
        path: '(^|node_modules/)(@nestjs|typeorm|ethers|pg)(/|$)|^libs/(settlement|local-services|chia)/',
      },
    ),
    rule(
      'platform-knows-no-domain',
      'platform/ is what domains share.',
      { path: `${center}platform/` },
      {
        path: `${center}(?!platform/)`,
      },
    ),
    rule(
      'plots-by-their-kind',
      'The center knows plots by their kind; what is special to one lies in platform/plot-kinds.',
      { path: center, pathNot: [testsOnly, `${center}platform/plot-kinds/`] },
      { path: '^libs/proof-of-space/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'domain-by-its-service',
      'A domain reaches another through its services, module and DTOs, never its tables, doors or inner parts.',
      { path: `${center}${domains}/`, pathNot: testsOnly },
      {
        path: `${center}${domains}/`,
        pathNot: [
          `${center}$1/`,
          '\\.(service|module|entity)\\.ts$',
          '/dto\\.ts$',
          ...exportedProviders.map((file) => `${center}${literally(file)}$`),
        ],
      },
    ),
    rule(
      'domain-entities-as-types',
      "Another domain's entity may be named as a type, never used: its table belongs to that domain.",
      { path: `${center}${domains}/`, pathNot: testsOnly },
      {
        path: `${center}${domains}/[^/]+\\.entity\\.ts$`,
        pathNot: `${center}$1/`,
        dependencyTypesNot: ['type-only'],
      },
    ),
    ...storeys.slice(1).map((domain, i) =>
      rule(
        `${domain}-below-its-users`,
        'Arrows between domains go down only.',
        { path: `${center}${domain}/` },
        {
          path: `${center}(${storeys.slice(0, i + 1).join('|')})/`,
        },
      ),
    ),
    rule(
      'domains-below-the-app',
      'app.module.ts and center.ts put the domains together.',
      {
        path: `${center}(platform|${storeys.join('|')})/`,
        pathNot: testsOnly,
      },
      { path: `${center}[^/]+\\.ts$` },
    ),
    rule(
      'no-test-in-the-house',
      'What runs needs nothing of the tests.',
      {
        path: '^(apps|libs|migrations)/',
        pathNot: testsOnly,
      },
      { path: testsOnly },
    ),
    rule(
      'no-dev-package',
      'What runs needs only dependencies (the portal is built, so it may use more).',
      {
        path: '^(apps/(center|client|demo)|libs|migrations)/',
        pathNot: testsOnly,
      },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|^(apps|libs)/.*/(generated|kernels)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
