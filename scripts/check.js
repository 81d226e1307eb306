// `npm run check`: the quick part of `npm test`, without Electron and without a display.
import { architecture } from './checks/architecture.js'
import { lint } from './checks/lint.js'
import { conclude, sum } from './checks/outcome.js'
import { typeCheck } from './checks/type-check.js'
import { runVitest } from './checks/vitest.js'
import { setUpProgram } from './setup/set-up.js'
import { runScript } from './setup/setup-failure.js'

await runScript(async () => {
  const { node } = await setUpProgram()
  const outcomes = [await typeCheck(node), await lint(node), await architecture(node)]
  const projects = ['unit', 'store', 'scanner', 'ipc', 'shell', 'architecture']
  const env = { PADDOCK_ELECTRON_LACK: 'npm run check leaves Electron out; npm test has it' }
  outcomes.push(await runVitest({ node, projects, filters: process.argv.slice(2), env }))
  return conclude(sum(outcomes))
})
