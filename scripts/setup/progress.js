/** How often a waiting step shows that it still lives, where the line cannot be rewritten (a log, a pipe). */
const heartbeatMs = 15_000

/** Tests of these steps have their own output. */
const isQuiet = process.env['PADDOCK_QUIET'] === '1'

/** @typedef {(text: string) => void} Note Says something below the line of the running step. */

/**
 * @param {string} name
 * @param {string} holder
 */
export function sayWaiting(name, holder) {
  if (!isQuiet) process.stderr.write(`• ${name}: waiting for ${holder}\n`)
}

/**
 * Runs one step under a progress line on stderr: "• dependencies: installing … 12 s".
 * @template T
 * @param {string} title
 * @param {(note: Note) => Promise<T>} work
 * @param {NodeJS.WriteStream} out
 * @returns {Promise<T>}
 */
export async function step(title, work, out = process.stderr) {
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 1000)
  const head = `• ${title} …`
  const rewrites = out.isTTY === true
  if (isQuiet) return work(() => {})
  out.write(head)
  const timer = setInterval(
    () => out.write(rewrites ? `\r${head} ${seconds()} s` : ` ${seconds()} s …`),
    rewrites ? 1000 : heartbeatMs,
  )
  const end = (/** @type {string} */ word) => out.write(`${rewrites ? `\r${head}` : ''} ${word}\n`)
  try {
    const result = await work(text => {
      out.write(`\n  ${text}\n${head}`)
    })
    end(`${seconds()} s`)
    return result
  } catch (error) {
    end('failed')
    throw error
  } finally {
    clearInterval(timer)
  }
}
