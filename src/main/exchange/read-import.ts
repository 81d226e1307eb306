import { createHash } from 'node:crypto'
import type { TextDecoder } from 'node:util'
import type { ImportAbout, ImportFormat, ImportMapping } from '#shared/domain/import.ts'
import type { Entry, FormatReader, Reading, Sink } from './import-row.ts'
import { type Recognised, recognise } from './recognise.ts'
import { type Container, containerOf, decoderOf } from './text-source.ts'

/** More entries than any organisation's file has; a larger one is imported in parts. */
const mostEntries = 1_000_000
const headBytes = 65_536

export type Head =
  | { readonly recognised: Recognised }
  | { readonly container: Container }
  | { readonly unknown: string }

/** What the first piece of a file says of the rest. */
export function readHead(
  head: Uint8Array,
  given: { readonly format?: ImportFormat | undefined; readonly mapping: ImportMapping },
): Head {
  const container = containerOf(head)
  if (container !== null) return { container }
  const text = decoderOf(head).decode(head, { stream: true })
  const recognised = recognise(text, given)
  return recognised === null
    ? {
        unknown:
          text
            .trimStart()
            .split(/[\r\n]/, 1)[0]
            ?.slice(0, 120) ?? '',
      }
    : { recognised }
}

export interface ReadEnd {
  readonly about: ImportAbout | null
  /** SHA-256, in hex. */
  readonly digest: string
}

/**
 * Reads a file entry by entry. `take` is given what each piece of it held, before the next piece is read: however long the file
 * is, no more than a piece of it is in memory, and others have their turn in between.
 */
export async function readEntries(
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
  take: (entries: readonly Entry[]) => void,
): Promise<ReadEnd> {
  const collector = createCollector()
  const reader = reading.open(collector.sink)
  const hash = createHash('sha256')
  let decoder: TextDecoder | null = null
  for await (const chunk of chunks) {
    hash.update(chunk)
    decoder ??= decoderOf(chunk.subarray(0, headBytes))
    feed(reader, decoder.decode(chunk, { stream: true }), collector, take)
  }
  if (!collector.isFull()) {
    reader.write(decoder?.decode() ?? '')
    reader.end()
    take(collector.flush())
  }
  return { about: collector.about(), digest: hash.digest('hex') }
}

/** A long piece is fed in parts, so that no batch of entries is long. */
function feed(
  reader: FormatReader,
  text: string,
  collector: Collector,
  take: (entries: readonly Entry[]) => void,
): void {
  for (let start = 0; start < text.length; start += headBytes) {
    if (reader.isOver || collector.isFull()) return
    reader.write(text.slice(start, start + headBytes))
    take(collector.flush())
  }
}

type Collector = ReturnType<typeof createCollector>

function createCollector() {
  let entries: Entry[] = []
  let count = 0
  let about: ImportAbout | null = null
  const add = (entry: Entry) => {
    count++
    if (count <= mostEntries) entries.push(entry)
    else if (count === mostEntries + 1) entries.push({ line: entry.line, reason: 'too-many-rows', text: '' })
  }
  const sink: Sink = {
    row: (line, row) => add({ line, row }),
    reject: (line, reason, text) => add({ line, reason, text }),
    about: found => {
      about = { ...(about ?? nothingKnown), ...found }
    },
  }
  return {
    sink,
    about: () => about,
    isFull: () => count > mostEntries,
    flush() {
      const done = entries
      entries = []
      return done
    },
  }
}

const nothingKnown: ImportAbout = {
  scanner: '',
  version: null,
  arguments: null,
  startedAt: null,
  finishedAt: null,
  hostsUp: null,
  hostsDown: null,
}
