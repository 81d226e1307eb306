// `npm run dev`: the console with the page served by Vite, so that edits show at once.
import { dirname, join } from 'node:path'
import { passThrough } from './pass-through.js'
import { projectRoot } from './setup/project.js'
import { setUpTools, setUpWindow } from './setup/set-up.js'
import { runScript } from './setup/setup-failure.js'

await runScript(async () => {
  const { node } = await setUpTools()
  const { electron, sandbox } = await setUpWindow({ node, virtualDisplay: false })
  const env = {
    ...process.env,
    PADDOCK_NODE: node,
    ELECTRON_EXEC_PATH: electron.path,
    ...(electron.official ? {} : { ELECTRON_OVERRIDE_DIST_PATH: dirname(electron.path) }),
  }
  const tool = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const noSandbox = sandbox.length > 0 ? ['--noSandbox'] : []
  return passThrough(node, [tool, 'dev', '--watch', ...noSandbox], { cwd: projectRoot, env })
})
