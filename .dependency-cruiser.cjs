/** The folder order is the dependency order; docs/technical/architecture.md draws it. */
const lib = (names) => `^libs/(${names})/src`;
const FEATURES = 'audit|settings|plans|auth|ingestion|retrieval|chat|speech|evaluation|integrations|admin';
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: lib('kernel'), pathNot: '\\.spec\\.ts$' },
      // Reading addresses is as pure as the rest, and too easily got wrong to be written here.
      to: { path: 'node_modules/|^libs/(?!kernel)', pathNot: 'node_modules/ipaddr\\.js/' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: lib('config|database|http|outbound|observability|crud') },
      to: { path: lib(`llm|vector-store|${FEATURES}`) },
    },
    {
      name: 'outbound-knows-kernel-only',
      severity: 'error',
      from: { path: lib('outbound') },
      to: { path: '^libs/(?!kernel|outbound)' },
    },
    {
      name: 'ports-know-no-feature',
      severity: 'error',
      from: { path: lib('llm|vector-store') },
      to: { path: lib(`database|http|crud|${FEATURES}`) },
    },
    {
      name: 'audit-knows-no-other-feature',
      severity: 'error',
      from: { path: lib('audit') },
      to: { path: lib('settings|plans|auth|ingestion|retrieval|chat|speech|integrations|admin') },
    },
    {
      name: 'settings-know-audit-only',
      severity: 'error',
      from: { path: lib('settings') },
      to: { path: lib('plans|auth|ingestion|retrieval|chat|speech|integrations|admin') },
    },
    {
      name: 'plans-know-audit-only',
      severity: 'error',
      from: { path: lib('plans') },
      to: { path: lib('auth|ingestion|retrieval|chat|speech|integrations|admin') },
    },
    {
      name: 'auth-knows-no-other-feature',
      severity: 'error',
      from: { path: lib('auth') },
      to: { path: lib('ingestion|retrieval|chat|integrations|admin') },
    },
    {
      name: 'ingestion-knows-no-retrieval',
      severity: 'error',
      from: { path: lib('ingestion') },
      to: { path: lib('retrieval|chat|integrations|admin') },
    },
    {
      name: 'retrieval-knows-no-chat',
      severity: 'error',
      from: { path: lib('retrieval') },
      to: { path: lib('chat|evaluation|integrations|admin') },
    },
    {
      name: 'chat-knows-no-later-feature',
      severity: 'error',
      from: { path: lib('chat') },
      to: { path: lib('evaluation|integrations|admin') },
    },
    {
      name: 'evaluation-knows-no-later-feature',
      severity: 'error',
      from: { path: lib('evaluation') },
      to: { path: lib('integrations|admin') },
    },
    {
      name: 'integrations-know-no-administration',
      severity: 'error',
      from: { path: lib('integrations') },
      to: { path: lib('admin') },
    },
    {
      name: 'features-meet-by-index-only',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    { name: 'only-apps-compose', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'adapters-stay-hidden',
      severity: 'error',
      comment: 'Only a module, which wires them, and their own specs name adapters',
      from: { pathNot: '/adapters/|\\.module\\.ts$|\\.spec\\.ts$|^libs/(llm|vector-store)/|^test/' },
      to: { path: '^libs/.*adapters/' },
    },
    {
      name: 'production-imports-no-test',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: 'spec\\.ts$' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
