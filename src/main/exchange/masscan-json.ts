import type { Entry, FormatReader, Sink } from './import-row.ts'
import { cut } from './import-row.ts'
import { readPort, readTarget, secondsOf } from './read-target.ts'

/** So many broken objects, and what follows is not masscan's any more. */
const mostBroken = 1000
const longestObject = 2 ** 16

/**
 * masscan's JSON, which is none: old releases leave a comma before the closing bracket, end with `{finished: 1}`, or without the
 * bracket; `-oD` writes one object a line. So the objects are taken one by one, whatever stands between them.
 */
export class MasscanJson implements FormatReader {
  readonly #sink: Sink
  #line = 1
  #began = 1
  #object = ''
  #depth = 0
  #inString = false
  #escaped = false
  #stray = ''
  #broken = 0
  isOver = false

  constructor(sink: Sink) {
    this.#sink = sink
    sink.about({ scanner: 'masscan' })
  }

  write(text: string): void {
    for (let index = 0; index < text.length && !this.isOver; index++) {
      const character = text.charAt(index)
      if (this.#depth === 0) this.#takeBetween(character)
      else this.#takeInside(character)
      if (character === '\n') this.#line++
    }
  }

  end(): void {
    while (this.#depth > 0 && !this.isOver) this.#recover('truncated', true)
    this.#endStray()
    this.isOver = true
  }

  #takeBetween(character: string): void {
    if (character === '{') {
      this.#endStray()
      this.#began = this.#line
      this.#object = '{'
      this.#depth = 1
    } else if (character === '\n') this.#endStray()
    else if (!/[\s,[\]]/.test(character) && this.#stray.length < 200) this.#stray += character
  }

  #endStray(): void {
    if (this.#stray !== '') this.#reject(this.#line, 'json-malformed', this.#stray)
    this.#stray = ''
  }

  #takeInside(character: string): void {
    this.#object += character
    // A line end in a string is no JSON: the string was cut off.
    if (this.#inString && character === '\n') this.#recover('json-malformed')
    else if (this.#object.length > longestObject) this.#recover('line-too-long')
    else if (this.#inString) this.#takeInString(character)
    else if (character === '"') this.#inString = true
    else if (character === '{') this.#depth++
    else if (character === '}' && --this.#depth === 0) this.#endObject()
  }

  #takeInString(character: string): void {
    if (this.#escaped) this.#escaped = false
    else if (character === '\\') this.#escaped = true
    else if (character === '"') this.#inString = false
  }

  #endObject(): void {
    const text = this.#object
    const line = this.#began
    this.#object = ''
    if (/^\{\s*"?finished"?\s*:\s*1\s*\}$/.test(text)) return
    const value = parse(text)
    if (value === undefined) this.#reject(line, 'json-malformed', text)
    else this.#takeObject(line, value, text)
  }

  #takeObject(line: number, value: unknown, text: string): void {
    for (const entry of entriesOf(line, value, text)) {
      if ('row' in entry) this.#sink.row(line, entry.row)
      else this.#sink.reject(line, entry.reason, entry.text)
    }
  }

  #reject(line: number, reason: 'json-malformed' | 'truncated' | 'line-too-long', text: string): void {
    this.#sink.reject(line, reason, cut(text))
    if (++this.#broken > mostBroken) this.isOver = true
  }

  /** An object that does not end: it is given up, and what stands behind its first line is read anew. */
  #recover(reason: 'json-malformed' | 'truncated' | 'line-too-long', atEnd = false): void {
    const text = this.#object
    this.#reject(this.#began, reason, text)
    this.#depth = 0
    this.#object = ''
    this.#inString = false
    this.#escaped = false
    const end = text.indexOf('\n')
    if (end === -1 || end === text.length - 1) return
    this.#line = this.#began + 1
    this.write(text.slice(end + 1))
    // The line end at hand is counted by whoever gave it.
    if (!atEnd && text.endsWith('\n')) this.#line--
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

/** An object of `-oJ` has a list of ports; one of `-oD` is one port itself. */
function entriesOf(line: number, value: unknown, text: string): Entry[] {
  const { ip, ports, timestamp, ...rest } = value as Fields
  const list = Array.isArray(ports) ? ports : [rest]
  if (list.length === 0) return [{ line, reason: 'not-a-port', text: cut(text) }]
  return list.map(port => entryOf(line, ip, timestamp, port as Fields | null, text))
}

function entryOf(line: number, ip: unknown, timestamp: unknown, port: Fields | null, text: string): Entry {
  const reject = (reason: Extract<Entry, { reason: unknown }>['reason']) => ({
    line,
    reason,
    text: cut(text),
  })
  if (port === null || typeof port !== 'object' || port['port'] === undefined) return reject('not-a-port')
  const data = (typeof port['data'] === 'object' && port['data'] !== null ? port['data'] : {}) as Fields
  const status = port['status'] ?? data['status']
  if (String(port['proto'] ?? 'tcp') !== 'tcp') return reject('not-tcp')
  // A banner is said of a port that has a line of its own.
  if (status === undefined) return reject('not-a-port')
  if (status !== 'open') return reject('not-open')
  const read = readTarget(typeof ip === 'string' ? ip : null, readPort(port['port']))
  if (typeof read === 'string') return reject(read)
  return {
    line,
    row: { kind: 'candidate', ...read, source: 'masscan', service: null, seenAt: secondsOf(timestamp) },
  }
}
