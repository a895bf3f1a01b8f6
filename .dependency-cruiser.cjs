/**
 * The rules that tell which folder may import from which (ARCHITECTURE.md). `npm test` checks them.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that import each other cannot be read, tested or moved one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-missing',
      comment:
        'An import that leads nowhere. With ?url it is the address of a file, which the build resolves.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?url$' },
    },
    {
      name: 'shared-stands-alone',
      comment: 'shared/ is what both sides speak: it imports nothing of ours.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(?:db|server|client|tests|scripts)/' },
    },
    {
      name: 'shared-runs-anywhere',
      comment: 'shared/ runs in the browser too.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'db-knows-shared-only',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(?:server|client|tests|scripts)/' },
    },
    {
      name: 'server-knows-shared-and-db',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(?:client|tests|scripts)/' },
    },
    {
      name: 'client-knows-shared-only',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(?:db|server|tests|scripts)/' },
    },
    {
      name: 'faces-stand-apart',
      comment: 'The faces share the kit and the API client, never each other.',
      severity: 'error',
      from: { path: '^client/(desk|kiosk|me|board|https)/' },
      to: { path: '^client/(?:desk|kiosk|me|board|https)/', pathNot: '^client/$1/' },
    },
    {
      name: 'kit-knows-no-face',
      severity: 'error',
      from: { path: '^client/(?!desk/|kiosk/|me/|board/|https/)[^/]+/' },
      to: { path: '^client/(?:desk|kiosk|me|board|https)/' },
    },
    {
      name: 'by-the-front-door',
      comment:
        'A module of the server is entered through its index.ts, whoever comes. Its kinds of account and entry are plain data for all. Chapters of the demo play commands that nobody else calls from outside.',
      severity: 'error',
      from: { path: '^server/([^/]+)/', pathNot: '^server/demo/(?:notices|rounds|workdays|reports)\\.ts$' },
      to: {
        path: '^server/[^/]+/.',
        pathNot: ['^server/$1/', '^server/[^/]+/index\\.ts$', '^server/[^/]+/ledger-kinds\\.ts$'],
      },
    },
    {
      name: 'by-the-front-door-from-the-top',
      severity: 'error',
      from: { path: '^server/[^/]+$' },
      to: {
        path: '^server/[^/]+/.',
        pathNot: ['^server/[^/]+/(?:index|module)\\.ts$', '^server/[^/]+/ledger-kinds\\.ts$'],
      },
    },
    {
      name: 'generic-rooms-know-no-domain',
      comment:
        'Commands, the HTTP kernel, log-ins and jobs serve every domain: a domain declares itself to them (module.ts).',
      severity: 'error',
      from: { path: '^server/(commands|http|identity|jobs)/' },
      to: { path: '^server/[^/]+/', pathNot: '^server/(?:commands|http|identity|jobs|ledger)/' },
    },
    {
      name: 'commands-know-the-database-only',
      severity: 'error',
      from: { path: '^server/commands/' },
      to: { path: '^(?:server|shared)/', pathNot: ['^server/commands/', '^shared/errors\\.ts$'] },
    },
    {
      name: 'ledger-knows-no-domain',
      comment:
        'The ledger is under everything: it reaches the database, shared and commands, no other module.',
      severity: 'error',
      from: { path: '^server/ledger/' },
      to: { path: '^server/', pathNot: '^server/(?:ledger|commands)/' },
    },
    {
      name: 'ledger-knows-no-domain-in-shared',
      comment: 'The ledger imports only its own folder of shared, and none of a domain.',
      severity: 'error',
      from: { path: '^server/ledger/' },
      to: { path: '^shared/[^/]+/', pathNot: '^shared/ledger/' },
    },
    {
      name: 'kinds-are-plain-data',
      comment:
        'Kinds of account and entry name nothing but the ledger and shared, so that every room may import the list of them.',
      severity: 'error',
      from: { path: '^server/[^/]+/ledger-kinds\\.ts$' },
      to: { path: '^server/', pathNot: '^server/ledger/index\\.ts$' },
    },
    {
      name: 'top-is-the-top',
      comment: 'Nobody imports main.mjs, serve.ts or app.ts but those above them.',
      severity: 'error',
      from: { path: '^server/[^/]+/' },
      to: { path: '^server/(?:main\\.mjs|serve\\.ts|app\\.ts)$' },
    },
    {
      name: 'no-test-tools-in-the-program',
      severity: 'error',
      from: {
        path: '^(?:shared|db|server|client)/',
        pathNot: ['^db/drizzle\\.', '^client/build/', '\\.d\\.ts$'],
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:dist|data|coverage|test-artefacts)/|tests/tooling/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
