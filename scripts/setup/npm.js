import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** @typedef {{ command: string, args: string[], shell: boolean }} NpmCommand */

/**
 * How to start the npm that started us; a script called directly takes the one of the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NpmCommand}
 */
export function npmCommand(env = process.env) {
  const running = env['npm_execpath'] ?? ''
  if (/npm-cli\.c?js$/.test(running) && existsSync(running)) {
    return { command: env['npm_node_execpath'] ?? process.execPath, args: [running], shell: false }
  }
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')
  if (existsSync(beside)) return { command: process.execPath, args: [beside], shell: false }
  // npm is a batch file on Windows, and those start only through a shell
  return { command: 'npm', args: [], shell: process.platform === 'win32' }
}

/**
 * Where npm writes what is still arriving.
 * @param {NodeJS.ProcessEnv} env
 */
export function npmDownloadFolder(env = process.env) {
  const usual =
    process.platform === 'win32' && env['LOCALAPPDATA']
      ? join(env['LOCALAPPDATA'], 'npm-cache')
      : join(homedir(), '.npm')
  return join(env['npm_config_cache'] ?? usual, '_cacache', 'tmp')
}
