/** @typedef {{ passed: number, failed: number, skipped: number, notes: string[] }} Outcome `notes`: what failed, and why something was skipped */

/** @type {Outcome} */
export const nothing = { passed: 0, failed: 0, skipped: 0, notes: [] }

/**
 * @param {Outcome[]} outcomes
 * @returns {Outcome}
 */
export function sum(outcomes) {
  return outcomes.reduce(
    (total, outcome) => ({
      passed: total.passed + outcome.passed,
      failed: total.failed + outcome.failed,
      skipped: total.skipped + outcome.skipped,
      notes: [...total.notes, ...outcome.notes],
    }),
    nothing,
  )
}

/**
 * The last lines of a run. Nothing passed and nothing failed is no success: then nothing was looked at.
 * @param {Outcome} total
 * @returns {number} the exit code
 */
export function conclude(total) {
  for (const note of new Set(total.notes)) process.stdout.write(`${note}\n`)
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
  return total.failed > 0 || total.passed === 0 ? 1 : 0
}
