// Who may import whom: one line a rule, with the sentence that explains it to whoever breaks it.
import { findCycles } from './architecture-cycles.js'
import { importsWhere, inside, longest, never, notFrom, only, rule, single } from './architecture-kinds.js'

/** @typedef {import('./architecture.js').Rule} Rule */

/** Programs of their own: time and chance enter the code here, as arguments for everything else. */
const entries = [
  'index',
  'backend',
  'cli',
  'reader',
  'sweep-worker',
  'judge-worker',
  'report-worker',
  'export-worker',
].map(name => `src/main/${name}.ts`)
const network = [
  'node:net',
  'node:tls',
  'node:http',
  'node:https',
  'node:http2',
  'node:dgram',
  'node:dns',
  'undici',
]
const networkCalls = ['fetch()', 'new WebSocket()', 'new EventSource()', 'new XMLHttpRequest()']
const sql = ['better-sqlite3', 'kysely', 'node:sqlite']
const cel = ['@marcbachmann/cel-js', '@bufbuild/cel']
const react = ['react', 'react-dom', 'react-i18next', '@mantine/', '@tanstack/react-query', 'ag-grid-react']
const clockAndChance =
  /^(Date\.now|new Date\(\)|Math\.random|(crypto|webcrypto)\.(random\w*|getRandomValues)|\{ random\w* \})$/

/** @type {Rule[]} */
export const rules = [
  only(
    'shared-is-the-ground',
    ['src/shared/'],
    ['src/shared/', 'zod'],
    'every process loads shared, the sandboxed page too: it may need nothing but zod.',
  ),
  only(
    'governance-is-pure',
    ['src/main/governance/'],
    ['src/shared/', 'src/main/governance/', ...cel],
    'a verdict must come out the same for the same facts, years later: no Node, no store, no network.',
  ),
  never(
    'governance-does-not-wait',
    ['src/main/governance/'],
    /^await$/,
    'what waits, waits for something outside its arguments: gather first, then compute.',
  ),
  only(
    'scanner-knows-the-network-only',
    ['src/main/scanner/'],
    ['src/shared/', 'src/main/scanner/', 'resources/licences/', 'node:', 'undici'],
    'the scanner reports what it saw; storing and judging it is not its business.',
  ),
  notFrom(
    'only-dial-opens-sockets',
    ['src/'],
    network,
    [
      'src/main/scanner/dial.ts',
      'src/main/scanner/name-server.ts',
      'src/main/ipc/local-socket.ts',
      'src/main/post.ts',
    ],
    'scope, allow-list, rate and caps are enforced in dial.ts: a second way out would pass them by.',
  ),
  never(
    'only-dial-sends',
    ['src/'],
    networkCalls,
    'scope, allow-list, rate and caps are enforced in dial.ts: a global fetch or socket would pass them by.',
    ['src/main/scanner/dial.ts'],
  ),
  notFrom(
    'only-dial-asks-name-servers',
    ['src/'],
    ['src/main/scanner/name-server.ts'],
    ['src/main/scanner/dial.ts'],
    'whether a name server may be asked is decided in dial.ts, with everything else that leaves this machine.',
  ),
  notFrom(
    'only-compose-posts',
    ['src/'],
    ['src/main/post.ts'],
    ['src/main/compose.ts'],
    'what leaves this machine besides scans goes to addresses a person has set: services get a post().',
  ),
  notFrom(
    'scanner-reads-no-disk',
    ['src/main/scanner/'],
    ['node:fs', 'node:os', 'node:child_process'],
    ['src/main/scanner/vantage.ts'],
    'the scanner works on hostile input: only vantage.ts asks the machine where it is.',
  ),
  notFrom(
    'products-only-ask',
    ['src/main/scanner/products/'],
    ['src/main/scanner/dial.ts', 'node:'],
    [],
    'a product gets an ask(), so that it cannot forget scope, exclusions, rate, deadline or byte cap.',
  ),
  only(
    'store-knows-sqlite-only',
    ['src/main/store/'],
    ['src/shared/', 'src/main/store/', 'node:', 'zod', 'kysely', 'better-sqlite3'],
    'the store keeps facts; who produced them and what they mean must be able to change without it.',
  ),
  notFrom(
    'sql-stays-in-the-store',
    ['src/', 'test/lab/'],
    sql,
    ['src/main/store/'],
    'SQL in one folder can be reviewed, planned and migrated; anywhere else it cannot.',
  ),
  notFrom(
    'electron-stays-in-the-shell',
    ['src/', 'test/lab/'],
    ['electron'],
    ['src/main/index.ts', 'src/main/preload.ts', 'src/main/shell/'],
    'everything else also runs in plain Node: on the command line, in workers, in tests.',
  ),
  only(
    'shell-knows-no-business',
    ['src/main/index.ts', 'src/main/preload.ts', 'src/main/shell/'],
    ['src/main/shell/', 'src/main/data-folder.ts', 'src/shared/', 'electron', 'node:', 'zod'],
    'the Electron process relays: what it imports would run in the process that owns windows and secrets.',
  ),
  inside(
    'exchange-knows-formats-only',
    ['src/main/exchange/'],
    ['src/shared/', 'src/main/exchange/'],
    'a parser or writer turns bytes into values of shared and back; services decide what becomes of them.',
  ),
  inside(
    'reports-know-their-model-only',
    ['src/main/reports/'],
    ['src/shared/', 'src/main/reports/'],
    'a report is rendered from the model it is given, so that the same model gives the same report.',
  ),
  inside(
    'services-join-the-parts',
    ['src/main/services/'],
    [
      'src/shared/',
      ...['services', 'governance', 'store', 'scanner', 'exchange', 'reports'].map(
        name => `src/main/${name}/`,
      ),
    ],
    'use cases join store, scanner and governance; how they are called (IPC, CLI, window) is not theirs to know.',
  ),
  inside(
    'ipc-calls-services',
    ['src/main/ipc/'],
    ['src/shared/', 'src/main/services/', 'src/main/ipc/'],
    'a handler translates a call into a use case; one that reaches past services does work twice.',
  ),
  inside(
    'cli-uses-the-contract',
    ['src/main/cli.ts', 'src/main/cli/'],
    ['src/shared/', 'src/main/cli/', 'src/main/compose.ts', 'src/main/data-folder.ts', 'src/main/program.ts'],
    'the command line can do what the contract can do, and what it can do the console can do.',
  ),
  notFrom(
    'compose-builds-without-electron',
    ['src/main/compose.ts'],
    ['electron', 'src/main/shell/'],
    [],
    'the same composition serves the app, the command line and the tests.',
  ),
  inside(
    'lab-is-independent',
    ['test/lab/'],
    ['src/shared/', 'test/lab/'],
    'a simulated server that shares code with the scanner would confirm its mistakes.',
  ),
  inside(
    'renderer-knows-shared-only',
    ['src/renderer/'],
    ['src/shared/', 'src/renderer/', 'resources/'],
    'the page runs in a sandbox and talks to the backend through the contract.',
  ),
  notFrom(
    'renderer-has-no-node',
    ['src/renderer/'],
    ['node:'],
    [],
    'there is no Node in the sandboxed page.',
  ),
  notFrom(
    'components-know-no-state',
    ['src/renderer/components/'],
    ['src/renderer/state/', 'src/renderer/screens/'],
    [],
    'a component shows what it is given, so that every screen can use it.',
  ),
  notFrom(
    'state-knows-no-react',
    ['src/renderer/state/'],
    [...react, 'src/renderer/components/', 'src/renderer/screens/'],
    [],
    'view state is tested in Node, without a page.',
  ),
  rule(
    'screens-are-strangers',
    'a screen that imports another one cannot be changed or removed alone.',
    sources =>
      importsWhere(sources, (file, target) => {
        const [own, other] = [screenOf(file), screenOf(target)]
        return own !== null && other !== null && own !== other
      }),
  ),
  single(
    'one-file-draws-charts',
    'src/renderer/',
    ['echarts'],
    'one file decides which parts of the chart library are loaded and how charts look.',
  ),
  single(
    'one-report-file-draws-charts',
    'src/main/reports/',
    ['echarts'],
    'one file decides which parts of the chart library are loaded and how charts look.',
  ),
  single(
    'one-file-holds-the-grid',
    'src/renderer/',
    ['ag-grid-community', 'ag-grid-react'],
    'one file decides which grid modules are loaded; all of them together are megabytes.',
  ),
  never(
    'one-file-knows-the-bridge',
    ['src/renderer/'],
    /^(window|globalThis)\.bridge$/,
    'client.ts turns the bridge into a typed client; tests put another one in its place.',
    ['src/renderer/client.ts'],
  ),
  never(
    'time-and-chance-are-arguments',
    ['src/'],
    clockAndChance,
    'code that takes the time and chance as arguments can be tested and replayed.',
    [...entries, 'src/main/compose.ts', 'src/renderer/format/clock.ts'],
  ),
  rule(
    'no-cycles',
    'of two files that import each other neither can be understood, tested or moved alone.',
    findCycles,
  ),
  longest('files-stay-short', 'src/', 300, 'a file of more than 300 lines is about more than one thing.'),
  longest('entry-stays-short', 'src/main/index.ts', 59, 'the entry says what is started; how is in shell/.'),
  longest(
    'preload-stays-short',
    'src/main/preload.ts',
    39,
    'what crosses into the page must be readable at one glance.',
  ),
]

/** @param {string} path */
function screenOf(path) {
  return /^src\/renderer\/screens\/([^/]+)\//.exec(path)?.[1] ?? null
}
