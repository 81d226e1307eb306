import { spawn } from 'node:child_process'

/**
 * A screen that nobody sees, on a display number that the server chooses itself.
 * @returns {Promise<{ name: string, end: () => Promise<void> }>}
 */
export function openVirtualDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp']
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const ended = new Promise(resolve => server.once('close', resolve))
  let words = ''
  server.stderr?.on('data', chunk => {
    words = (words + chunk).slice(-2000)
  })
  const end = async () => {
    server.kill()
    await ended
  }
  process.once('exit', () => server.kill())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('close', code => reject(new Error(`Xvfb ended with code ${code}: ${words.trim()}`)))
    const channel = /** @type {import('node:stream').Readable} */ (server.stdio[3])
    let number = ''
    channel.on('data', chunk => {
      number += chunk
      if (number.endsWith('\n')) resolve({ name: `:${number.trim()}`, end })
    })
  })
}
