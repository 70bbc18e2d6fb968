const service = '^services/([^/]+)/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kit-stands-alone',
      severity: 'error',
      comment: 'The kit knows no business word.',
      from: { path: '^kit/' },
      to: { path: '^(contracts|services|apps)/' },
    },
    {
      name: 'contracts-import-no-service',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: '^(services|apps)/' },
    },
    {
      name: 'contracts-import-only-the-contract-kit',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: '^kit/(?!contract/)' },
    },
    {
      name: 'services-do-not-know-each-other',
      severity: 'error',
      from: { path: service },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-do-not-know-apps',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-deep-import-into-a-neighbour',
      severity: 'error',
      from: { path: '^(apps|tests|bench)/' },
      to: { path: '^services/[^/]+/(?!src/index\\.ts)' },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|^tests/|/tests/|^kit/testing/|-suite\\.ts$|^bench/)' },
      to: { path: '(\\.test\\.ts$|^kit/testing/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.react-router)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
}
