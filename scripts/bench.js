// `npm run bench:scan`, `bench:query`, `bench:study`, `bench:governance`, `bench:risk`, `bench:reports`, `bench:console`: builds the program and measures it; arguments after `--` are the benchmark's own.
import { join } from 'node:path'
import { openVirtualDisplay } from './checks/virtual-display.js'
import { passThrough } from './pass-through.js'
import { projectRoot } from './setup/project.js'
import { setUpProgram, setUpWindow } from './setup/set-up.js'
import { runScript, SetupFailure } from './setup/setup-failure.js'

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2)
  const names = ['scan', 'query', 'study', 'governance', 'risk', 'reports', 'console']
  if (name === undefined || !names.includes(name))
    throw new SetupFailure(
      `There is no benchmark "${name ?? ''}".`,
      names.map(each => `npm run bench:${each}`).join(', '),
    )
  const { node } = await setUpProgram()
  if (name === 'console') return benchConsole(node, args)
  return passThrough(node, [join(projectRoot, 'test', 'bench', `${name}.ts`), ...args], { cwd: projectRoot })
})

/**
 * The benchmark of the console needs an Electron, and on Linux a display of its own.
 * @param {string} node
 * @param {readonly string[]} args
 */
async function benchConsole(node, args) {
  const { electron } = await setUpWindow({ node, virtualDisplay: process.platform === 'linux' })
  const display =
    process.platform === 'linux' && process.env['DISPLAY'] === undefined ? await openVirtualDisplay() : null
  const env = {
    ...process.env,
    PADDOCK_ELECTRON: electron.path,
    PADDOCK_NODE: node,
    ...(display && { DISPLAY: display.name }),
  }
  try {
    return await passThrough(node, [join(projectRoot, 'test', 'bench', 'console.ts'), ...args], {
      cwd: projectRoot,
      env,
    })
  } finally {
    await display?.end()
  }
}
