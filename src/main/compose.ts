import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { isoInstant } from '#shared/domain/instant.ts'
import type { EventName } from '#shared/ipc/contract.ts'
import { type Result, succeed } from '#shared/result.ts'
import { createExporter } from './export-thread.ts'
import { readFile } from './file-access.ts'
import { connectLocally, listenLocally, type SocketClient, type SocketServer } from './ipc/local-socket.ts'
import { createReaderPool, type ReaderPool } from './ipc/reader-pool.ts'
import { createQueryRouter, createRouter, type Router } from './ipc/router.ts'
import { launchReport } from './launch-report.ts'
import { createLog } from './log.ts'
import { frameworksOf, type ReadOptions, readerOf, shelfOf } from './open-reading.ts'
import { post, problemOfAddress } from './post.ts'
import type { Program } from './program.ts'
import { readText } from './read-text.ts'
import { createThreadSweeper } from './scanner/sweep-threads.ts'
import { readSurroundings } from './scanner/vantage.ts'
import type { Emit, Reading } from './services/context.ts'
import { createEvaluation } from './services/evaluation.ts'
import { createIdentities, makeFirstActor } from './services/identities.ts'
import { breakOffImports } from './services/imports.ts'
import { createLook, type Look } from './services/judge-job.ts'
import { createJudgeThread } from './services/judge-thread.ts'
import { createMessenger } from './services/messenger.ts'
import { markNotCovered } from './services/not-covered.ts'
import { loadPacks } from './services/policies.ts'
import { bringRowsUpToDate } from './services/rebuild-rows.ts'
import { createReportRunner } from './services/report-runner.ts'
import { loadWeights } from './services/risk-weights.ts'
import { createScanRunner } from './services/scan-runner.ts'
import { endAbandonedScans } from './services/scan-seal.ts'
import { createSimulation, type LabReady, type RunningLab } from './services/simulation.ts'
import type { Workspace } from './services/workspace.ts'
import { openCheckpointer } from './store/checkpoints.ts'
import { type Holder, lockFolder, removeSocket } from './store/folder-lock.ts'
import { watchGivingUp } from './store/giving-up.ts'
import { failureOf, makeFolder, openReader, openStore } from './store/open.ts'
import { listScans } from './store/scans.ts'
import type { ReadableStore } from './store/statement.ts'

export interface BackendOptions {
  readonly dataFolder: string
  readonly program: Program
  /** What others are told who find the folder taken: "console", "command line". */
  readonly holderName: string
  /** Threads for queries; 0: they run in this thread, which is enough for one question. */
  readonly readers: number
}

export type Listener = (name: EventName, value: unknown) => void

export interface Backend {
  readonly call: Router
  onEvent(listener: Listener): void
  /** Ends a running scan and everything else. `patient`: waits for other processes that are being served. */
  close(patient: boolean): Promise<void>
}

export interface Held {
  readonly holder: Holder | null
}

export { verifyReportFile } from './services/report-verify.ts'

/** Opens a data folder as its owner and builds everything that works on it; or says who owns it. */
export async function openBackend(options: BackendOptions): Promise<Result<Backend | Held>> {
  const { dataFolder, program } = options
  const folder = makeFolder(dataFolder)
  if (!folder.ok) return folder
  const holder = describeHolder(options)
  const lock = lockFolder(dataFolder, holder)
  if (!('release' in lock)) return succeed({ holder: lock.holder })
  const store = openStore(dataFolder)
  if (!store.ok) {
    lock.release()
    return store
  }
  const log = createLog(dataFolder, options.holderName)
  const listeners = new Set<Listener>()
  let server: SocketServer | null = null
  const emit: Emit = (name, value) => {
    for (const listener of listeners) listener(name, value)
    for (const session of server?.served ?? []) session.emit(name, value)
  }
  const workspace = createWorkspace(options, store.value, emit, log)
  endAbandonedScans(workspace)
  breakOffImports(store.value)
  markNotCovered(store.value, Date.now())
  bringRowsUpToDate(store.value)
  loadPacks(workspace, readPacks(program))
  loadWeights(workspace, readFileSync(join(program.resources, 'risk', 'weights.json'), 'utf8'))
  // They get ready while the rest is brought up to date.
  const readers =
    options.readers === 0
      ? null
      : createReaderPool(program.reader, { dataFolder, program }, options.readers, emit)
  // What the console asks first is then in memory; a failure is told to who asks.
  readers?.run('risk.overview', {}).catch(() => {})
  readers?.run('inventory.page', { sort: [{ column: 'risk', descending: false }] }).catch(() => {})
  if (readers !== null) getReady(readers, store.value)
  await workspace.evaluation.catchUp()
  // Verdicts on time change without a scan.
  const clock = setInterval(() => void workspace.evaluation.catchUp(), 600_000).unref()
  const messenger = createMessenger(workspace)

  const classify = (error: unknown) => failureOf(error, dataFolder)
  const runQuery = readers?.run ?? createQueryRouter(workspace, classify)
  const call = createRouter(workspace, runQuery, classify)
  removeSocket(holder)
  server = await listenLocally(holder.socket, holder.token, call, error =>
    log.error({ err: error }, 'a call failed'),
  )
  return succeed({
    call,
    onEvent: listener => void listeners.add(listener),
    async close(patient) {
      await server?.close(patient)
      clearInterval(clock)
      await messenger.close()
      await workspace.scans.close()
      await workspace.exporter.close()
      await workspace.reports.close()
      if (patient) await workspace.evaluation.run()
      await workspace.evaluation.close()
      await workspace.simulation.stop()
      await readers?.close()
      store.value.connection.close()
      lock.release()
    },
  })
}

/** What is slow the first time it is asked, and then quick. */
function getReady(readers: ReaderPool, store: ReadableStore): void {
  readers.getReadyFor('model.blast-radius', { query: '', most: 1 })
  const [newest] = listScans(store, { limit: 1 })
  if (newest !== undefined) readers.getReadyFor('scan.compare', { scans: [newest.id, newest.id] })
}

function createWorkspace(
  { dataFolder, program }: BackendOptions,
  store: Workspace['store'],
  emit: Emit,
  log: Workspace['log'],
): Workspace {
  const advisories = shelfOf(program)
  const thread = createJudgeThread(program.judgeWorker, { dataFolder, program })
  const base = {
    store,
    now: () => Date.now(),
    random: () => Math.random(),
    monotonic: () => performance.now(),
    readText,
    readFile,
    exporter: createExporter({ dataFolder, program }),
    post,
    problemOfAddress,
    advisories,
    frameworks: frameworksOf(program, dataFolder),
    randomBytes: (size: number) => randomBytes(size),
    about: { version: program.version, dataFolder, actor: userInfo().username },
    sweeper: createThreadSweeper(program.sweepWorker, Math.min(2, availableParallelism())),
    surroundings: () => readSurroundings(process.platform),
    emit,
    log,
    evaluation: createEvaluation({ store, now: () => Date.now(), emit, log, advisories, thread }),
  }
  const simulation = createSimulation(
    () => launchLab(program.lab),
    state => emit('simulation.changed', state),
  )
  const parts = { store, now: base.now, randomBytes: base.randomBytes, account: base.about.actor }
  makeFirstActor(parts)
  const reports = createReportRunner({
    dataFolder,
    monotonic: base.monotonic,
    emit,
    launch: launchReport(program, dataFolder),
  })
  return { ...base, simulation, identities: createIdentities(parts), scans: createScanRunner(base), reports }
}

/** The policy packs that came with this program. */
function readPacks({ resources }: Program): string[] {
  const folder = join(resources, 'policies')
  const files = readdirSync(folder).filter(file => file.endsWith('.json'))
  return files.sort().map(file => readFileSync(join(folder, file), 'utf8'))
}

/** Connects to the process that owns the folder; null: it does not answer (yet, or any more). */
export async function joinOwner({ holder }: Held): Promise<SocketClient | null> {
  return holder === null ? null : connectLocally(holder.socket, holder.token).catch(() => null)
}

/** Runs queries and nothing else, on a folder somebody else may own. */
export function openReading(
  options: ReadOptions,
  emit: Emit,
  isGivenUp: () => boolean = () => false,
): Result<Router> {
  const reading = openToRead(options)
  if (!reading.ok) return reading
  watchGivingUp(reading.value.store, isGivenUp)
  return succeed(createQueryRouter({ ...reading.value, emit }, error => failureOf(error, options.dataFolder)))
}

/** A connection that cannot write, with everything a query is given. */
export function openToRead(options: ReadOptions): Result<Reading> {
  return readerOf(options, () => Date.now())
}

/** Looks at instances and nothing else, on a connection that cannot write. */
export function openLook({ dataFolder, program }: ReadOptions): { look: Look; checkpoint: () => void } {
  const store = openReader(dataFolder)
  if (!store.ok) throw new Error(`judging: ${store.failure.code}`)
  const checkpoint = openCheckpointer(dataFolder)
  return { look: createLook(store.value, shelfOf(program)), checkpoint }
}

function describeHolder({ dataFolder, holderName }: BackendOptions): Holder {
  const token = randomBytes(24).toString('hex')
  const since = isoInstant(Date.now())
  return { pid: process.pid, name: holderName, since, socket: socketPath(dataFolder, token), token }
}

/** In the folder itself, where only its owner can see it; unless that path is longer than a socket's may be. */
function socketPath(dataFolder: string, token: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\paddock-${token}`
  const inFolder = join(dataFolder, 'owner.sock')
  // 104 bytes on macOS, 108 on Linux, with the terminating zero.
  if (Buffer.byteLength(inFolder) < 104) return inFolder
  const hash = createHash('sha256').update(dataFolder).update(token).digest('hex').slice(0, 24)
  return join(tmpdir(), `paddock-${hash}.sock`)
}

/** The simulated organisation in a thread of its own; it says when all its servers listen. */
function launchLab(path: string): Promise<RunningLab> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path, { argv: [] })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the simulated organisation ended at once')))
    worker.once('message', (message: { readonly error?: string } & LabReady) => {
      if (message.error !== undefined) return reject(new Error(message.error))
      resolve({ ready: message, stop: async () => void (await worker.terminate()) })
    })
  })
}
