// `npm test`: sets up what is missing, then type check, lint, architecture and every test, real Electron included.
// `npm test -- <part of a path>…` takes only the test files whose path contains one of these.
import { architecture } from './checks/architecture.js'
import { lint } from './checks/lint.js'
import { conclude, sum } from './checks/outcome.js'
import { typeCheck } from './checks/type-check.js'
import { openVirtualDisplay } from './checks/virtual-display.js'
import { runVitest, skipVitest } from './checks/vitest.js'
import { setUpProgram, setUpWindow } from './setup/set-up.js'
import { runScript, SetupFailure } from './setup/setup-failure.js'

const filters = process.argv.slice(2)

await runScript(async () => {
  const { node } = await setUpProgram()
  const window = await setUpTestWindow(node)
  const outcomes = [await typeCheck(node), await lint(node), await architecture(node)]
  const quick = { node, projects: ['unit', 'store', 'scanner', 'ipc', 'architecture'], filters }
  outcomes.push(await runVitest(quick))
  outcomes.push(...(await testWindow(node, window)))
  return conclude(sum(outcomes))
})

/**
 * What lacks is no reason to leave the other tests out.
 * @param {string} node
 */
async function setUpTestWindow(node) {
  try {
    return { ...(await setUpWindow({ node, virtualDisplay: process.platform === 'linux' })), lack: null }
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error
    return { electron: null, lack: `${error.message} Next: ${error.next}` }
  }
}

/**
 * @param {string} node
 * @param {Awaited<ReturnType<typeof setUpTestWindow>>} window
 */
async function testWindow(node, window) {
  const shell = { node, projects: ['shell'], filters }
  const endToEnd = { node, projects: ['e2e'], filters }
  if (window.electron === null) {
    const env = { PADDOCK_ELECTRON_LACK: window.lack }
    return [await runVitest({ ...shell, env }), skipVitest(endToEnd, window.lack)]
  }
  if (!window.electron.official)
    process.stdout.write(`development runtime Electron ${window.electron.version}\n`)
  const display = process.platform === 'linux' ? await openVirtualDisplay() : null
  const env = {
    PADDOCK_ELECTRON: window.electron.path,
    PADDOCK_NODE: node,
    ...(display && { DISPLAY: display.name }),
  }
  try {
    return [await runVitest({ ...shell, env }), await runVitest({ ...endToEnd, env })]
  } finally {
    await display?.end()
  }
}
