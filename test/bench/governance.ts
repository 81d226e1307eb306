// Full and incremental evaluation of the baseline, seals and verification on many instances.
// Usage: node test/bench/governance.ts [instances]   (default 20000; the public study has 175108)
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '#main/program.ts'
import { createAdvisoryShelf, keepEdition } from '#main/services/advisory-shelf.ts'
import { verifyAudit } from '#main/services/audit-verify.ts'
import { createEvaluation } from '#main/services/evaluation.ts'
import { findingFacets, findingPage } from '#main/services/finding-lists.ts'
import { foundInstance, refreshInstance } from '#main/services/instance-summary.ts'
import { createJudgeThread } from '#main/services/judge-thread.ts'
import { loadPacks } from '#main/services/policies.ts'
import { sealScan } from '#main/services/scan-seal.ts'
import { summariseTriage, triagePage } from '#main/services/triage.ts'
import * as endpoints from '#main/store/endpoints.ts'
import { addressKeyOf } from '#main/store/keys.ts'
import { lookAgain } from '#main/store/last-looks.ts'
import { openStore } from '#main/store/open.ts'
import { addRange } from '#main/store/ranges.ts'
import { addScan, setScanStatus } from '#main/store/scans.ts'
import { newestSeal } from '#main/store/seals.ts'
import { addSite } from '#main/store/sites.ts'
import { keepSnapshot } from '#main/store/snapshots.ts'
import { beginSpell } from '#main/store/spells.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import { FindingPageRequest } from '#shared/domain/finding-list.ts'
import { nothingKnown } from '#shared/domain/protection.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { TriageFilter, TriageRequest } from '#shared/domain/triage.ts'

const wanted = Number(process.argv[2] ?? 20_000)
const folder = mkdtempSync(join(tmpdir(), 'paddock-bench-'))
const opened = openStore(folder)
if (!opened.ok) throw new Error(opened.failure.code)
const store: WritableStore = opened.value
const log = {
  info: () => {},
  error: (details: object) =>
    process.stderr.write(`${String((details as { err?: Error }).err?.stack ?? JSON.stringify(details))}\n`),
}
const resources = join(import.meta.dirname, '..', '..', 'resources')
const advisories = createAdvisoryShelf(() =>
  readFileSync(join(resources, 'advisories', 'ollama.json'), 'utf8'),
)
const edition = keepEdition(store, advisories.shipped(), 0)
let daysLater = 0
const base = {
  store,
  now: () => Date.now() + daysLater * 86_400_000,
  randomBytes: (size: number) => randomBytes(size),
  about: { actor: 'bench' },
}

async function timed(what: string, work: () => unknown): Promise<void> {
  const [started, before] = [performance.now(), process.cpuUsage()]
  let [heldUp, last] = [0, started]
  // How long a command would have had to wait in the worst case.
  const clock = setInterval(() => {
    heldUp = Math.max(heldUp, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  await work()
  const ms = performance.now() - started
  // Whatever was last done without letting anybody in between counts, too.
  await new Promise(resolve => setTimeout(resolve, 10))
  clearInterval(clock)
  const { user, system } = process.cpuUsage(before)
  // Wall time says what a person waits; processor time says the same on a busy machine, too.
  const seconds = [ms / 1000, (user + system) / 1e6].map(value => `${value.toFixed(2).padStart(8)} s`)
  process.stdout.write(
    `${what.padEnd(36)}${seconds.join(' wall ')} processor, others waited ${Math.round(heldUp)} ms at most\n`,
  )
}

/** Some three hundred different servers, as alike as those of an organisation are. */
function factsOf(index: number): StableFacts {
  const kind = index % 300
  const models = Array.from({ length: kind % 6 }, (_, at) => ({
    name: `model-${(kind + at) % 40}:latest`,
    digest: `${(kind + at) % 40}`.padStart(64, 'a'),
    modifiedAt: '2026-08-24T07:55:41.118273645Z',
    sizeBytes: 1e9,
    format: 'gguf',
    family: 'llama',
    families: ['llama'],
    parameterSize: '8B',
    quantization: 'Q4_K_M',
    remoteModel: null,
    remoteHost: kind % 50 === 0 ? 'https://ollama.com:443' : null,
    contextLength: null,
    capabilities: kind % 3 === 0 ? ['completion', 'tools'] : null,
  }))
  const access = kind % 10 === 0 ? 'auth-required' : 'open'
  return {
    product: 'ollama',
    suspected: null,
    version: kind % 10 === 0 ? null : `0.${kind % 40}.${kind % 7}`,
    access: { api: access, v1: access },
    cors: kind % 4 === 0 ? 'any' : 'restricted',
    bracket: null,
    protection: nothingKnown,
    front: null,
    certificate: null,
    cloudDisabled: null,
    models: kind % 10 === 0 ? null : models,
  }
}

function addressOf(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`
}

/** All of 10.0.0.0/8. */
const plan = JSON.stringify({
  blocks: [
    { rangeId: 1, siteId: 1, first: '10.0.0.0', last: '10.255.255.255', candidates: null, ports: [11434] },
  ],
  exclusions: [],
})

function fill(): void {
  const at = Date.now()
  const site = addSite(store, { name: 'Bench', at }).id
  const terms = {
    zone: 'server',
    ports: '[11434]',
    exclusions: '[]',
    authorisedBy: 'Bench',
    reference: 'B-1',
    validUntil: '2999-12-31',
    windows: null,
    networkRate: null,
    candidates: null,
  }
  const range = addRange(store, {
    ...terms,
    site,
    first: addressKeyOf('10.0.0.0'),
    last: addressKeyOf('10.255.255.255'),
    block: '10.0.0.0/8',
    at,
  }).id
  const scan = addScan(store, {
    at,
    by: 'bench',
    vantage: null,
    advisoryEdition: edition,
    plan,
    networksDone: Buffer.alloc(1),
  }).id
  for (let start = 0; start < wanted; start += 1000) {
    transaction(store, () => {
      for (let index = start; index < Math.min(wanted, start + 1000); index++)
        addOne(site, range, scan, index, at)
    })
  }
  endScan(scan)
}

function addOne(site: number, range: number, scan: number, index: number, at: number): void {
  const facts = factsOf(index)
  const address = addressOf(index)
  const volatile = {
    vantage: null,
    confidence: 100,
    hostNames: '[]',
    hardwareAddress: null,
  }
  const place = {
    site,
    addressKey: addressKeyOf(address),
    address,
    port: 11434,
    scheme: 'http',
    basePath: '',
    range,
    at,
  }
  const { id: endpoint } = endpoints.addEndpoint(store, { ...place, ...volatile })
  const snapshot = keepSnapshot(store, facts)
  beginSpell(store, { endpoint, outcome: 'answered', snapshot, scan, at, seal: 0 })
  const first = {
    address,
    port: 11434,
    scheme: 'http',
    basePath: '',
    hostNames: [],
    presence: 'present' as const,
    confidence: 100,
    lastSeenAt: at,
    facts,
  }
  const instance = foundInstance(store, at, site, 'server', first)
  endpoints.linkEndpoint(store, { instance, endpoint, at, reason: 'bench' })
  refreshInstance(store, instance)
}

function endScan(id: number): void {
  transaction(store, () => {
    setScanStatus(store, { id, at: Date.now(), status: 'finished', reason: null })
    sealScan(base, id)
  })
}

/** The next day: everything is seen again, one in a hundred has changed. */
function scanAgain(): void {
  const at = base.now()
  const scan = addScan(store, {
    at,
    by: 'bench',
    vantage: null,
    advisoryEdition: edition,
    plan,
    networksDone: Buffer.alloc(1),
  }).id
  const seal = newestSeal(store, {})?.id ?? 0
  for (let start = 1; start <= wanted; start += 1000) {
    transaction(store, () => {
      for (let id = start; id <= Math.min(wanted, start + 999); id++) {
        const look = { endpoint: id, scan, at, seal }
        if ((id + daysLater) % 100 !== 0) lookAgain(store, look)
        else {
          const snapshot = keepSnapshot(store, factsOf(id + 7 + daysLater))
          beginSpell(store, { ...look, outcome: 'answered', snapshot })
          refreshInstance(store, id)
        }
      }
    })
  }
  transaction(store, () => setScanStatus(store, { id: scan, at, status: 'finished', reason: null }))
  started = scan
}
let started = 0

const packs = join(resources, 'policies', 'baseline.json')
loadPacks(base, [readFileSync(packs, 'utf8')])
const sources = join(import.meta.dirname, '..', '..', 'src', 'main')
const program = findProgram(sources, join(sources, 'cli.ts'))
const thread = createJudgeThread(program.judgeWorker, { dataFolder: folder, program })
const evaluation = createEvaluation({ ...base, advisories, emit: () => {}, log, thread })
await timed('fill the store', fill)
await timed('full evaluation of the baseline', () => evaluation.run())
await timed('the same again, nothing changed', () => evaluation.runAll())
await timed('a daily scan is written', scanAgain)
await timed('its seal', () => transaction(store, () => sealScan(base, started)))
await timed('incremental evaluation after it', () => evaluation.run())
daysLater = 1
await timed('a scan a day later is written', scanAgain)
transaction(store, () => sealScan(base, started))
await timed('incremental evaluation after it', () => evaluation.run())
let tick = 0
const reading = {
  store,
  // Each opening is a new one: what is kept would be too quick an answer.
  now: () => Date.now() + tick++ * 60_000,
  about: { version: '', dataFolder: '', actor: '' },
  advisories,
}
await timed('a page of the queue of owners', () =>
  triagePage(reading, TriageRequest.parse({ start: wanted - 200 })),
)
await timed('the queue summarised', () => summariseTriage(reading, TriageFilter.parse({})))
await timed('a page of it by query', () =>
  triagePage(reading, TriageRequest.parse({ query: 'access:open tools:yes', sort: 'confidence' })),
)
const page = (query: string, start = 0, version?: number) =>
  findingPage(reading, FindingPageRequest.parse({ query, start, grouped: true, version }))
await timed('a page of the queue of owners', () =>
  triagePage(reading, TriageRequest.parse({ start: wanted - 200 })),
)
await timed('the queue summarised', () => summariseTriage(reading, TriageFilter.parse({})))
await timed('a page of it by query', () =>
  triagePage(reading, TriageRequest.parse({ query: 'access:open tools:yes', sort: 'confidence' })),
)
await timed('findings read into memory', () => {
  const first = page('')
  if (first.ok) process.stdout.write(`${first.value.findings} findings in ${first.value.total} rows\n`)
})
const queries = [
  '',
  'status:active',
  'severity:critical,high status:active',
  'rule:version-affected subject:CVE-2025',
  'due:overdue or opened<7d',
  'tools:yes access:open status:active',
  'owner:none -rule:unowned',
  'model-3 status:active',
]
const openings = queries.flatMap(query => [1, 2, 3].map(() => measured(() => page(query))))
const turned = queries.flatMap(query => {
  const list = page(query)
  if (!list.ok) throw new Error(list.failure.code)
  const { version, total } = list.value
  return [0.1, 0.5, 0.9].map(share => measured(() => page(query, Math.floor(total * share), version)))
})
const counted = queries.map(query => measured(() => findingFacets(reading, { query, most: 12 })))
process.stdout.write(
  `open p95 ${p95(openings)} ms, page p95 ${p95(turned)} ms, facets p95 ${p95(counted)} ms\n`,
)

function measured(work: () => { readonly ok: boolean }): number {
  const started = performance.now()
  if (!work().ok) throw new Error('refused')
  return performance.now() - started
}

function p95(all: readonly number[]): string {
  const sorted = all.toSorted((a, b) => a - b)
  return (sorted[Math.floor(sorted.length * 0.95)] ?? 0).toFixed(1)
}
await timed('audit verified', () => process.stdout.write(`${JSON.stringify(verifyAudit({ store }, null))}\n`))
await evaluation.close()
store.connection.close()
rmSync(folder, { recursive: true })
