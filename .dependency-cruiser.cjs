const from = (path) => ({ path: `^(packages/${path}|node_modules/@quanlian/${path})/` });
const notTo = (...names) => ({ path: `^(packages|node_modules/@quanlian)/(${names.join('|')})/` });

/** The direction of imports: contract <- kernel <- formats, engine, db <- server <- cli; web takes contract and kernel. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means two modules are one; split out what they share.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contract-depends-on-zod-only',
      comment: 'The contract crosses every border, so it carries nothing but schemas.',
      severity: 'error',
      from: from('contract'),
      to: notTo('kernel', 'formats', 'engine', 'db', 'server', 'cli', 'web'),
    },
    {
      name: 'kernel-is-pure',
      comment: 'The kernel runs in a browser and in tests without a disk: no input or output, nothing above it.',
      severity: 'error',
      from: from('kernel'),
      to: notTo('formats', 'engine', 'db', 'server', 'cli', 'web'),
    },
    {
      name: 'kernel-has-no-node',
      comment: 'A node module in the kernel would break the pages that share its parsers.',
      severity: 'error',
      from: { path: '^packages/(kernel|contract)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'formats-reads-bytes-only',
      comment: 'A reader turns bytes into documents; where they go is not its business.',
      severity: 'error',
      from: from('formats'),
      to: notTo('engine', 'db', 'server', 'cli', 'web'),
    },
    {
      name: 'engine-stands-alone',
      comment: 'The engine sits behind SearchBackend so that another backend can take its place.',
      severity: 'error',
      from: from('engine'),
      to: notTo('formats', 'db', 'server', 'cli', 'web'),
    },
    {
      name: 'db-stands-alone',
      comment: 'The work database knows people and cases, not search or files.',
      severity: 'error',
      from: from('db'),
      to: notTo('formats', 'engine', 'server', 'cli', 'web'),
    },
    {
      name: 'server-below-cli',
      comment: 'The server is composed by the command, never the other way round.',
      severity: 'error',
      from: from('server'),
      to: notTo('cli', 'web'),
    },
    {
      name: 'web-takes-contract-and-kernel',
      comment: 'A page reaches the rest over HTTP only.',
      severity: 'error',
      from: from('web'),
      to: notTo('formats', 'engine', 'db', 'server', 'cli'),
    },
    {
      name: 'links-meet-through-services',
      comment: 'One link of the chain may call another only through its exported service.',
      severity: 'error',
      from: { path: '^packages/server/src/links/([^/]+)/' },
      to: {
        path: '^packages/server/src/links/([^/]+)/',
        pathNot: ['^packages/server/src/links/$1/', '\\.service\\.ts$'],
      },
    },
    {
      name: 'packages-by-their-door',
      comment: 'Another package is entered through its index, so that its inside can change.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/([^/]+)/(src|dist)/', pathNot: ['^packages/$1/', '/index\\.(ts|d\\.ts|js)$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
