// `npm run build`: builds out/ from src/, unless it is built from just that.
import { setUpProgram } from './setup/set-up.js'
import { runScript } from './setup/setup-failure.js'

await runScript(async () => {
  await setUpProgram()
  return 0
})
