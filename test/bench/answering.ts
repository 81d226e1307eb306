import { Journal } from '#lab/journal.ts'
import { listen } from '#lab/wire/listen.ts'
import { tellFigures } from './figures.ts'
import { fourModels } from './four-models.ts'

// Listens on every address of its namespace as one Ollama with four models.
const { behaviour, bytesSent } = fourModels()
await listen('0.0.0.0', 11434, behaviour, new Journal())
tellFigures(bytesSent)
