/** The arrows of the house: infrastructure → adapters → application → domain, and no adapter knows another. */
const layer = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** The contexts of the application: each knows those before it, so that none of them goes round in a circle. */
const CONTEXTS = ['shop-event', 'waiting-room', 'coupon', 'checkout', 'notices', 'operating'];

module.exports = {
  forbidden: [
    layer(
      'what-is-imported-is-there',
      'Scripts are not type-checked: an import of a file that moved would be found when they run.',
      { path: '^scripts/' },
      { couldNotResolve: true },
    ),
    layer('no-cycles', 'A cycle has no first file to read.', { path: '^(src|web)/' }, { circular: true }),
    {
      ...layer(
        'no-folder-cycles',
        'Of two folders one is read first; what lies within a folder is part of it.',
        { path: '^src/' },
        { circular: true },
      ),
      scope: 'folder',
    },
    layer(
      'domain-is-pure',
      'The domain knows fp-ts and immutable, nothing else.',
      { path: '^src/domain/' },
      { pathNot: ['^src/domain/', '^node_modules/(fp-ts|immutable)/'] },
    ),
    layer(
      'application-knows-domain-and-ports',
      'Use cases know the domain and their own ports; engines are adapters. Of Node they know its digests, which are pure.',
      { path: '^src/application/' },
      {
        pathNot: [
          '^src/(domain|application)/',
          '^crypto$',
          '^node_modules/(fp-ts|immutable|zod|uuid|lru-cache|@opentelemetry/api)/',
        ],
      },
    ),
    layer(
      'kernel-imports-no-context',
      'A mechanism that knows one context serves only that one.',
      { path: '^src/application/kernel/' },
      { path: '^src/application/', pathNot: '^src/application/(kernel|ports)/' },
    ),
    ...CONTEXTS.slice(0, -1).map((context, index) =>
      layer(
        `${context}-knows-what-comes-before-it`,
        'Contexts form no cycle: what a later one must tell an earlier one comes in as a port.',
        { path: `^src/application/${context}/` },
        { path: `^src/application/(${CONTEXTS.slice(index + 1).join('|')})/` },
      ),
    ),
    layer(
      'every-context-has-its-place',
      'A folder of the application is the kernel, the ports, or a context in the list above.',
      {},
      { path: '^src/application/', pathNot: `^src/application/(kernel|ports|${CONTEXTS.join('|')})/` },
    ),
    layer(
      'adapters-stay-apart',
      'An adapter never imports another adapter: what two share is a port or a support module of the application.',
      { path: '^src/adapters/([^/]+)/' },
      { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    ),
    layer(
      'nothing-imports-infrastructure',
      'Wiring is the outermost layer.',
      { path: '^src/(domain|application|adapters)/' },
      { path: '^src/infrastructure/' },
    ),
    layer(
      'rehearsal-is-a-client',
      'It knows the server as any client does: over HTTP.',
      { path: '^src/rehearsal/' },
      { path: '^src/', pathNot: '^src/rehearsal/' },
    ),
    layer(
      'rehearsal-is-played-by-the-command-line',
      'The server does not know who plays a sale on it.',
      { path: '^src/', pathNot: '^src/(rehearsal|infrastructure/cli)/' },
      { path: '^src/rehearsal/' },
    ),
    layer(
      'the-server-does-not-know-its-client',
      'Those who call it do: the rehearsal, the console, shops.',
      { path: '^src/', pathNot: '^src/rehearsal/' },
      { path: '^packages/' },
    ),
    layer(
      'console-is-a-client',
      'The page knows the types of what it is told, and nothing the server is made of.',
      { path: '^web/console/' },
      { path: '^src/', dependencyTypesNot: ['type-only'] },
    ),
    layer(
      'nobody-needs-the-console',
      'It is built by itself, and served as files.',
      { path: '^src/' },
      { path: '^(web/|node_modules/(preact|@preact|uplot|vite)/)' },
    ),
    layer(
      'inversify-is-wiring',
      'Decorators and containers stay in infrastructure.',
      { pathNot: '^src/infrastructure/' },
      { path: '^node_modules/(inversify|reflect-metadata)/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
