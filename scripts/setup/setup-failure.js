/** An expected bad outcome of a step: what is wrong, and what to do now. */
export class SetupFailure extends Error {
  /**
   * @param {string} message
   * @param {string} next
   */
  constructor(message, next) {
    super(message)
    this.next = next
  }
}

/**
 * Runs a script to its end and turns the outcome into an exit code: 2 for a failure with a next step, 1 for a bug.
 * @param {() => Promise<number>} script
 */
export async function runScript(script) {
  try {
    process.exitCode = await script()
  } catch (error) {
    if (error instanceof SetupFailure) {
      process.stderr.write(`error: ${error.message}\nnext: ${error.next}\n`)
      process.exitCode = 2
    } else {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
      process.exitCode = 1
    }
  }
}
