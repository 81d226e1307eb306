// `npm run lab`: starts the simulated organisation on loopback; arguments after `--` are its own.
import { join } from 'node:path'
import { passThrough } from './pass-through.js'
import { projectRoot } from './setup/project.js'
import { setUpTools } from './setup/set-up.js'
import { runScript } from './setup/setup-failure.js'

await runScript(async () => {
  const { node } = await setUpTools()
  return passThrough(node, [join(projectRoot, 'test', 'lab', 'main.ts'), ...process.argv.slice(2)], {
    cwd: projectRoot,
  })
})
