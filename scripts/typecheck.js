// `npm run typecheck`: every process against its own tsconfig.
import { typeCheck } from './checks/type-check.js'
import { setUpTools } from './setup/set-up.js'
import { runScript } from './setup/setup-failure.js'

await runScript(async () => {
  const { node } = await setUpTools()
  return (await typeCheck(node)).failed
})
