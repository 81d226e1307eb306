// `npm run bench:scan`, `bench:query`, `bench:study`, `bench:governance`: builds the program and measures it; arguments after `--` are the benchmark's own.
import { join } from 'node:path'
import { passThrough } from './pass-through.js'
import { projectRoot } from './setup/project.js'
import { setUpProgram } from './setup/set-up.js'
import { runScript, SetupFailure } from './setup/setup-failure.js'

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2)
  const names = ['scan', 'query', 'study', 'governance', 'risk', 'reports']
  if (name === undefined || !names.includes(name))
    throw new SetupFailure(
      `There is no benchmark "${name ?? ''}".`,
      names.map(each => `npm run bench:${each}`).join(', '),
    )
  const { node } = await setUpProgram()
  return passThrough(node, [join(projectRoot, 'test', 'bench', `${name}.ts`), ...args], { cwd: projectRoot })
})
