#!/usr/bin/env node
// The command line under whatever Node the shell finds: hands over to the Node that Paddock needs.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { passThrough } from '../scripts/pass-through.js'
import { findNode } from '../scripts/setup/node-binary.js'
import { projectRoot } from '../scripts/setup/project.js'
import { runScript, SetupFailure } from '../scripts/setup/setup-failure.js'

await runScript(async () => {
  const program = join(projectRoot, 'out', 'main', 'cli.js')
  if (!existsSync(program)) throw new SetupFailure('Paddock is not built yet.', 'npm start -- --help')
  return passThrough(findNode(), [program, ...process.argv.slice(2)])
})
