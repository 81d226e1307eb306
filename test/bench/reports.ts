// Reports of many findings: time and memory of each format. JSON on stdout.
// Usage: node test/bench/reports.ts [findings]   (default 50000)
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWords } from '#main/cli/words.ts'
import { openToRead } from '#main/compose.ts'
import { findProgram } from '#main/program.ts'
import { loadPacks } from '#main/services/policies.ts'
import { makeReport } from '#main/services/report-make.ts'
import { keepFindingFacts } from '#main/store/finding-writes.ts'
import { addFinding } from '#main/store/findings.ts'
import { openStore } from '#main/store/open.ts'
import { transaction } from '#main/store/statement.ts'
import { ReportRequest } from '#shared/domain/report.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory } from '../support/imagined-inventory.ts'

const root = join(import.meta.dirname, '..', '..')
const program = findProgram(join(root, 'src', 'main'), 'cli.ts')
const [first = '50000', folder, format] = process.argv.slice(2)

if (folder !== undefined && format !== undefined) await measure(folder, format)
else compare(Number(first))

/** Each format in a process of its own, so that its peak of memory is its own. */
function compare(findings: number): void {
  const data = mkdtempSync(join(tmpdir(), 'paddock-bench-'))
  try {
    fill(data, findings)
    const formats = ['pdf', 'html', 'xlsx', 'csv', 'json'].map(each => {
      const run = spawnSync(process.execPath, [import.meta.filename, String(findings), data, each], {
        encoding: 'utf8',
      })
      if (run.status !== 0) throw new Error(run.stderr)
      return JSON.parse(run.stdout) as object
    })
    process.stdout.write(`${JSON.stringify({ findings, formats }, null, 2)}\n`)
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

/** Findings of the shipped rules on imagined instances, five each. */
function fill(dataFolder: string, findings: number): void {
  const opened = openStore(dataFolder)
  if (!opened.ok) throw new Error(opened.failure.code)
  const store = opened.value
  store.connection.pragma('synchronous = OFF')
  const pack = readFileSync(join(program.resources, 'policies', 'baseline.json'), 'utf8')
  const about = { actor: 'bench' }
  loadPacks({ store, now: () => 0, randomBytes: size => randomBytes(size), about }, [pack])
  const instances = fillInventory(store, imaginedInventory(Math.ceil(findings / 5), 1))
  const rules = ['unauthenticated', 'no-tls', 'unowned', 'version-affected', 'remote-model']
  const severities = ['high', 'medium', 'medium', 'high', 'medium']
  transaction(store, () => {
    for (let index = 0; index < findings; index++) {
      const rule = index % rules.length
      addFinding(store, {
        rule: rules[rule] ?? '',
        instance: instances[Math.floor(index / rules.length)] ?? 0,
        part: '',
        label: '',
        severity: severities[rule] ?? 'low',
        verdict: 'broken',
        revision: '',
        facts: keepFindingFacts(store, '{}'),
        observations: '[]',
        status: 'open',
        statusBefore: null,
        reason: 'broken',
        openedAt: 1_750_000_000_000 + index,
        statusAt: 1_750_000_000_000 + index,
        dueAt: 1_760_000_000_000,
        dueLeftMs: null,
      })
    }
  })
  store.connection.close()
}

async function measure(dataFolder: string, wanted: string): Promise<void> {
  const reading = openToRead({ dataFolder, program })
  if (!reading.ok) throw new Error(reading.failure.code)
  const request = ReportRequest.parse({ kind: 'technical', format: wanted, framework: 'iso-27001-2022' })
  const target = mkdtempSync(join(tmpdir(), 'paddock-bench-'))
  const started = performance.now()
  const made = await makeReport(reading.value, request, createWords(program.resources, 'en'), {
    folder: target,
    resources: program.resources,
    progress: () => {},
  })
  if (!made.ok) throw new Error(made.failure.code)
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1))
  const files = readdirSync(target).map(name => ({
    name,
    megabytes: megabytes(statSync(join(target, name)).size),
  }))
  const peak = megabytes(process.resourceUsage().maxRSS * 1024)
  process.stdout.write(JSON.stringify({ format: wanted, seconds, peakMegabytes: peak, files }))
  rmSync(target, { recursive: true, force: true })
}

function megabytes(bytes: number): number {
  return Number((bytes / 1e6).toFixed(1))
}
