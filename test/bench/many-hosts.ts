import { Journal } from '#lab/journal.ts'
import { listen } from '#lab/wire/listen.ts'
import { tellFigures } from './figures.ts'
import { fourModels } from './four-models.ts'

// Listens on so many addresses of 127.92.0.0/20, as an Ollama with four models each. Every other address: networks in which
// all answer, and the same, would be taken for tarpits.
const hosts = Number(process.argv[2])
const { behaviour, bytesSent } = fourModels()
const journal = new Journal()
for (let host = 0; host < hosts; host++) {
  await listen(`127.92.${host % 16}.${1 + 2 * Math.floor(host / 16)}`, 11434, behaviour, journal)
}
tellFigures(bytesSent)
