// `npm start`: sets up what is missing, then opens the console; without a display shows the simulated organisation.
// `npm start -- <command>`: sets up what is missing, then runs a command of the command line.
import { join } from 'node:path'
import { passThrough } from './pass-through.js'
import { projectRoot } from './setup/project.js'
import { setUpProgram, setUpWindow } from './setup/set-up.js'
import { runScript } from './setup/setup-failure.js'

await runScript(async () => {
  const args = process.argv.slice(2)
  const { node } = await setUpProgram()
  if (args.length > 0) return runCommand(node, args)
  if (hasDisplay()) return openConsole(node)
  return runCommand(node, ['demo']) // it says that there is no display
})

/**
 * @param {string} node
 * @param {string[]} args
 */
function runCommand(node, args) {
  return passThrough(node, [join(projectRoot, 'out', 'main', 'cli.js'), ...args])
}

/** @param {string} node */
async function openConsole(node) {
  const { electron, sandbox } = await setUpWindow({ node, virtualDisplay: false })
  if (!electron.official) process.stderr.write(`development runtime Electron ${electron.version}\n`)
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return passThrough(electron.path, [...sandbox, projectRoot], { env: { ...env, PADDOCK_NODE: node } })
}

function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}
