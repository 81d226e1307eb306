import { spawn } from 'node:child_process'

/** @type {NodeJS.Signals[]} */
const signals = process.platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program in our place: same terminal, same signals, same end. Resolves to its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function passThrough(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  // a terminal sends Ctrl-C to all its processes; passing it on would make it two
  const hasTerminal = [process.stdin, process.stdout, process.stderr].some(stream => stream.isTTY)
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal !== 'SIGINT' || !hasTerminal) child.kill(signal)
  }
  for (const signal of signals) process.on(signal, passOn)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn)
      // so that our caller sees the same end; a crash of the program is no crash of ours
      if (signal !== null && signals.includes(signal)) process.kill(process.pid, signal)
      resolve(code ?? 1)
    })
  })
}
