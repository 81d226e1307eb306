import { spawn } from 'node:child_process'
import { projectRoot } from '../setup/project.js'

/**
 * Runs programs side by side and counts all of them as one test; shows their words only if one fails.
 * @param {string} name
 * @param {string} node
 * @param {string[][]} commands arguments of Node
 * @returns {Promise<import('./outcome.js').Outcome>}
 */
export async function toolCheck(name, node, commands) {
  const startedAt = performance.now()
  const runs = await Promise.all(commands.map(args => capture(node, args)))
  const failures = runs.filter(({ code }) => code !== 0)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  for (const { output } of failures) process.stdout.write(output)
  process.stdout.write(`${failures.length === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`)
  const failed = failures.length > 0 ? 1 : 0
  return { passed: 1 - failed, failed, skipped: 0, notes: failed > 0 ? [`failed: ${name}`] : [] }
}

/**
 * @param {string} node
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function capture(node, args) {
  const child = spawn(node, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  let output = ''
  const hear = (/** @type {Buffer} */ chunk) => {
    output += chunk.toString('utf8')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, output }))
  })
}
