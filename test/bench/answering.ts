import { Journal } from '#lab/journal.ts'
import { listen } from '#lab/wire/listen.ts'
import { fourModels } from './four-models.ts'

// Listens on every address of its namespace as one Ollama with four models; tells its processor time when asked.
await listen('0.0.0.0', 11434, fourModels(), new Journal())
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.((user + system) / 1000)
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
