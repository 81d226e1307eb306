// `npm run lint`: Biome's rules and format, and the import rules. `npm run format` corrects what can be corrected.
import { join } from 'node:path'
import { architecture } from './checks/architecture.js'
import { lint } from './checks/lint.js'
import { passThrough } from './pass-through.js'
import { projectRoot } from './setup/project.js'
import { setUpTools } from './setup/set-up.js'
import { runScript } from './setup/setup-failure.js'

await runScript(async () => {
  const { node } = await setUpTools()
  if (process.argv.includes('--fix')) {
    const biome = join(projectRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
    return passThrough(node, [biome, 'check', '--write'], { cwd: projectRoot })
  }
  const outcomes = [await lint(node), await architecture(node)]
  return outcomes.some(({ failed }) => failed > 0) ? 1 : 0
})
