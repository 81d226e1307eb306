import { writeFileSync } from 'node:fs'

/** @typedef {import('vitest/node').TestModule} TestModule */
/** @typedef {import('./outcome.js').Outcome} Outcome */

/** A vitest reporter that writes the counts, what failed and why something was skipped to $PADDOCK_TEST_REPORT. */
// biome-ignore lint/style/noDefaultExport: vitest takes a reporter from the default export
export default class OutcomeReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} errors
   */
  onTestRunEnd(modules, errors) {
    /** @type {Outcome} */
    const outcome = { passed: 0, failed: errors.length, skipped: 0, notes: [] }
    if (errors.length > 0) outcome.notes.push(`failed: ${errors.length} errors outside of any test`)
    for (const module of modules) count(module, outcome)
    const path = process.env['PADDOCK_TEST_REPORT']
    if (path) writeFileSync(path, JSON.stringify(outcome))
  }
}

/**
 * @param {TestModule} module
 * @param {Outcome} outcome
 */
function count(module, outcome) {
  const file = module.relativeModuleId
  const tests = [...module.children.allTests()]
  const failures = tests.filter(test => !['passed', 'skipped'].includes(test.result().state))
  const skips = tests.filter(test => test.result().state === 'skipped')
  // a file that does not load, or a hook that throws, has no failed test to show for it
  const broken = [module, ...module.children.allSuites()].filter(suite => suite.errors().length > 0)
  const names = [...failures, ...broken].map(each => ('fullName' in each ? each.fullName : 'does not load'))
  outcome.passed += tests.length - failures.length - skips.length
  outcome.failed += names.length
  outcome.skipped += skips.length
  outcome.notes.push(...names.map(name => `failed: ${file}: ${name}`), ...whySkipped(file, skips))
}

/**
 * One line a reason: a missing Electron is one fact, not twenty.
 * @param {string} file
 * @param {import('vitest/node').TestCase[]} skips
 */
function whySkipped(file, skips) {
  const reasons = Map.groupBy(skips, reasonOf)
  return [...reasons].map(([reason, tests]) => {
    const what = tests.length === 1 ? tests[0]?.fullName : `${tests.length} tests`
    return `skipped: ${file}: ${what}: ${reason}`
  })
}

/** @param {import('vitest/node').TestCase} test */
function reasonOf(test) {
  const result = test.result()
  return (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given'
}
