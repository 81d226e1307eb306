import { writeFileSync } from 'node:fs'

/** A vitest reporter that writes the counts, and why something was skipped, to $PADDOCK_TEST_REPORT. */
// biome-ignore lint/style/noDefaultExport: vitest takes a reporter from the default export
export default class OutcomeReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors
   */
  onTestRunEnd(modules, errors) {
    /** @type {import('./outcome.js').Outcome} */
    const outcome = { passed: 0, failed: errors.length, skipped: 0, notes: [] }
    if (errors.length > 0) outcome.notes.push(`failed: ${errors.length} errors outside of any test`)
    for (const module of modules) {
      // a file that does not load has no tests to fail
      if (module.errors().length > 0) fail(`${module.relativeModuleId}: does not load`, outcome)
      for (const test of module.children.allTests()) count(test, outcome)
    }
    const path = process.env['PADDOCK_TEST_REPORT']
    if (path) writeFileSync(path, JSON.stringify(outcome))
  }
}

/**
 * @param {import('vitest/node').TestCase} test
 * @param {import('./outcome.js').Outcome} outcome
 */
function count(test, outcome) {
  const result = test.result()
  if (result.state === 'passed') outcome.passed += 1
  else if (result.state === 'skipped') {
    outcome.skipped += 1
    outcome.notes.push(`skipped: ${test.fullName}: ${result.note ?? 'no reason given'}`)
  } else fail(`${test.module.relativeModuleId}: ${test.fullName}`, outcome)
}

/**
 * @param {string} what
 * @param {import('./outcome.js').Outcome} outcome
 */
function fail(what, outcome) {
  outcome.failed += 1
  outcome.notes.push(`failed: ${what}`)
}
