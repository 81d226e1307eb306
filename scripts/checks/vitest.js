import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { passThrough } from '../pass-through.js'
import { projectRoot } from '../setup/project.js'

/** @typedef {import('./outcome.js').Outcome} Outcome */
/** @typedef {{ node: string, projects: string[], filters: string[], env?: NodeJS.ProcessEnv }} Run */

const program = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
const reporter = join(projectRoot, 'scripts', 'checks', 'outcome-reporter.js')

/**
 * Runs test projects; counts come from a report file, so that the readable output stays vitest's own.
 * @param {Run} run
 * @returns {Promise<Outcome>}
 */
export async function runVitest({ node, projects, filters, env }) {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-test-'))
  const report = join(folder, 'outcome.json')
  try {
    const args = [
      'run',
      '--passWithNoTests',
      '--reporter=default',
      `--reporter=${reporter}`,
      ...select(projects),
      ...filters,
    ]
    const code = await passThrough(node, [program, ...args], {
      cwd: projectRoot,
      env: { ...process.env, ...env, PADDOCK_TEST_REPORT: report },
    })
    return withExitCode(readOutcome(report), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Tests that cannot run here are counted all the same: nobody should take their absence for success.
 * @param {Run} run
 * @param {string} reason
 * @returns {Outcome}
 */
export function skipVitest({ node, projects, filters }, reason) {
  const args = [program, 'list', '--json', ...select(projects), ...filters]
  const listing = spawnSync(node, args, { cwd: projectRoot, encoding: 'utf8', windowsHide: true })
  const start = listing.stdout.indexOf('[')
  const skipped = start < 0 ? 0 : JSON.parse(listing.stdout.slice(start)).length
  return {
    passed: 0,
    failed: 0,
    skipped,
    notes: skipped > 0 ? [`skipped: ${skipped} tests of ${projects.join(', ')}: ${reason}`] : [],
  }
}

/** @param {string[]} projects */
function select(projects) {
  return projects.flatMap(project => ['--project', project])
}

/**
 * @param {string} report
 * @returns {Outcome}
 */
function readOutcome(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { passed: 0, failed: 0, skipped: 0, notes: [] } // it found no test file, or died
  }
}

/**
 * Vitest also fails for what no single test stands for: an error outside of tests, its own death.
 * @param {Outcome} outcome
 * @param {number} code
 */
function withExitCode(outcome, code) {
  if (code === 0 || outcome.failed > 0) return outcome
  return { ...outcome, failed: 1, notes: [...outcome.notes, `failed: vitest ended with code ${code}`] }
}
