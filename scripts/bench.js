// `npm run bench:scan`, `bench:query`, `bench:study`, `bench:governance`: builds the program and measures it; arguments after `--` are the benchmark's own.
import { join } from 'node:path'
import { passThrough } from './pass-through.js'
import { projectRoot } from './setup/project.js'
import { setUpProgram } from './setup/set-up.js'
import { runScript, SetupFailure } from './setup/setup-failure.js'

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined || !['scan', 'query', 'study', 'governance'].includes(name))
    throw new SetupFailure(
      `There is no benchmark "${name ?? ''}".`,
      'npm run bench:scan, npm run bench:query, npm run bench:study, npm run bench:governance',
    )
  const { node } = await setUpProgram()
  return passThrough(node, [join(projectRoot, 'test', 'bench', `${name}.ts`), ...args], { cwd: projectRoot })
})
