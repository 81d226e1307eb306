import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { runCommandLine } from './cli/run.ts'
import { chooseDataFolder } from './data-folder.ts'
import { findProgram } from './program.ts'

// The entry of the command line.
// Whoever reads the output may have seen enough (`| head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
const surroundings = { platform: process.platform, env: process.env, home: homedir() }
process.exitCode = await runCommandLine(process.argv.slice(2), {
  program: findProgram(import.meta.dirname, import.meta.filename),
  dataFolder: given => resolve(chooseDataFolder(given, surroundings)),
  demoFolder: given => {
    const isNamed = (given ?? process.env['PADDOCK_DATA'] ?? '') !== ''
    const folder = resolve(chooseDataFolder(given, surroundings))
    // One folder is one organisation: the simulated one gets its own.
    return isNamed ? folder : `${folder}-demo`
  },
  language: process.env['PADDOCK_LANG'],
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt: listener => {
    process.on('SIGINT', listener)
    process.on('SIGTERM', listener)
  },
  exit: code => process.exit(code),
  now: () => Date.now(),
})
