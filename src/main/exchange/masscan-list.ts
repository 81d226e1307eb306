import type { ImportReason } from '#shared/domain/import.ts'
import { type CandidateRow, cut, type FormatReader, longestEntry, type Sink } from './import-row.ts'
import { readPort, readTarget, secondsOf } from './read-target.ts'

/** masscan's list (`-oL`): `open tcp 80 10.0.0.1 1609459200`, between lines that begin with `#`. */
export class MasscanList implements FormatReader {
  readonly #sink: Sink
  #line = 1
  #text = ''
  #isTooLong = false
  isOver = false

  constructor(sink: Sink) {
    this.#sink = sink
    sink.about({ scanner: 'masscan' })
  }

  write(text: string): void {
    const [first = '', ...rest] = text.split('\n')
    this.#add(first)
    for (const part of rest) {
      this.#endLine()
      this.#line++
      this.#add(part)
    }
  }

  end(): void {
    this.#endLine()
    this.isOver = true
  }

  #add(part: string): void {
    this.#isTooLong ||= this.#text.length + part.length > longestEntry
    this.#text = this.#isTooLong ? cut(this.#text + part.slice(0, 200)) : this.#text + part
  }

  #endLine(): void {
    const [text, isTooLong] = [this.#text.trim(), this.#isTooLong]
    this.#text = ''
    this.#isTooLong = false
    if (isTooLong) this.#sink.reject(this.#line, 'line-too-long', cut(text))
    else if (text !== '' && !text.startsWith('#')) this.#readLine(text)
  }

  #readLine(text: string): void {
    const read = readLine(text)
    if (typeof read === 'string') this.#sink.reject(this.#line, read, cut(text))
    else this.#sink.row(this.#line, read)
  }
}

function readLine(text: string): CandidateRow | ImportReason {
  const [status, protocol, port, address = null, at] = text.split(/\s+/)
  if (text.includes('\0')) return 'control-characters'
  // A banner is said of a port that has a line of its own.
  if (status === 'banner') return 'not-a-port'
  if (status !== 'open' && status !== 'closed') return 'line-malformed'
  if (protocol !== 'tcp') return 'not-tcp'
  if (status !== 'open') return 'not-open'
  const read = readTarget(address, readPort(port))
  if (typeof read === 'string') return read
  return { kind: 'candidate', ...read, source: 'masscan', service: null, seenAt: secondsOf(at) }
}
