import { SaxesParser } from 'saxes'
import type { ImportReason } from '#shared/domain/import.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { type CandidateRow, cut, type FormatReader, longestEntry, type Sink } from './import-row.ts'
import { readPort, readTarget, secondsOf } from './read-target.ts'

/** Elements inside each other: nmap needs seven. */
const deepest = 40

interface Host {
  address: string | null
  seenAt: number | null
}

interface OpenPort {
  readonly line: number
  readonly port: string
  readonly protocol: string
  state: string
  service: string | null
}

type Attributes = Readonly<Record<string, string>>

/**
 * nmap's XML (`-oX`), and masscan's, which imitates it. The parser knows no entities but XML's own five and expands none; a
 * file that is not well-formed is read up to the mistake.
 */
export class NmapXml implements FormatReader {
  readonly #source: 'nmap' | 'masscan'
  readonly #sink: Sink
  readonly #parser = new SaxesParser({ position: true, xmlns: false })
  #host: Host = { address: null, seenAt: null }
  #port: OpenPort | null = null
  #depth = 0
  #sinceEvent = 0
  isOver = false

  constructor(source: 'nmap' | 'masscan', sink: Sink) {
    this.#source = source
    this.#sink = sink
    this.#parser.on('error', error => this.#giveUp('xml-malformed', error.message))
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes))
    this.#parser.on('closetag', ({ name }) => this.#close(name))
  }

  write(text: string): void {
    if (this.isOver) return
    this.#sinceEvent += text.length
    this.#parser.write(text)
    if (this.#sinceEvent > longestEntry + text.length) this.#giveUp('line-too-long', '')
  }

  end(): void {
    if (this.isOver) return
    this.#parser.off('error')
    this.#parser.on('error', () => this.#giveUp('truncated', ''))
    this.#parser.close()
    this.isOver = true
  }

  #giveUp(reason: ImportReason, text: string): void {
    if (this.isOver) return
    this.isOver = true
    this.#sink.reject(Math.max(1, this.#parser.line), reason, cut(text))
  }

  #open(name: string, attributes: Attributes): void {
    this.#sinceEvent = 0
    if (this.isOver) return
    if (++this.#depth > deepest) this.#giveUp('too-deep', name)
    else if (name === 'host') this.#host = { address: null, seenAt: secondsOf(attributes['endtime']) }
    else if (name === 'address') this.#readAddress(attributes)
    else if (name === 'port') this.#readPort(attributes)
    else if (this.#port !== null) readDetail(this.#port, name, attributes)
    else this.#readRun(name, attributes)
  }

  #readAddress(attributes: Attributes): void {
    if (attributes['addrtype'] !== 'mac') this.#host.address ??= textOf(attributes, 'addr')
  }

  #readPort(attributes: Attributes): void {
    const [port, protocol] = [textOf(attributes, 'portid') ?? '', textOf(attributes, 'protocol') ?? 'tcp']
    this.#port = { line: this.#parser.line, port, protocol, state: '', service: null }
  }

  #readRun(name: string, attributes: Attributes): void {
    if (name === 'nmaprun') this.#sink.about(runOf(attributes, this.#source))
    else if (name === 'finished') this.#sink.about({ finishedAt: instantOf(textOf(attributes, 'time')) })
    else if (name === 'hosts') {
      const [hostsUp, hostsDown] = [textOf(attributes, 'up'), textOf(attributes, 'down')].map(countOf)
      this.#sink.about({ hostsUp: hostsUp ?? null, hostsDown: hostsDown ?? null })
    }
  }

  #close(name: string): void {
    this.#sinceEvent = 0
    this.#depth--
    if (this.isOver || name !== 'port' || this.#port === null) return
    const { line, port, protocol, state } = this.#port
    const row = rowOf(this.#port, this.#host, this.#source)
    const text = `${this.#host.address ?? ''} ${port}/${protocol} ${state}`
    if (typeof row === 'string') this.#sink.reject(line, row, cut(text))
    else this.#sink.row(line, row)
    this.#port = null
  }
}

function readDetail(port: OpenPort, name: string, attributes: Attributes): void {
  if (name === 'state') port.state = textOf(attributes, 'state') ?? ''
  else if (name === 'service') port.service = textOf(attributes, 'name')
}

function rowOf(
  { port, protocol, state, service }: OpenPort,
  { address, seenAt }: Host,
  source: CandidateRow['source'],
): CandidateRow | ImportReason {
  if (protocol !== 'tcp') return 'not-tcp'
  if (state !== 'open') return 'not-open'
  const read = readTarget(address, readPort(port))
  return typeof read === 'string' ? read : { kind: 'candidate', ...read, source, service, seenAt }
}

function textOf(attributes: Attributes, name: string): string | null {
  return attributes[name]?.slice(0, 4000) ?? null
}

function runOf(attributes: Attributes, source: string) {
  return {
    scanner: source,
    version: textOf(attributes, 'version'),
    arguments: textOf(attributes, 'args'),
    startedAt: instantOf(textOf(attributes, 'start')),
  }
}

function instantOf(text: string | null) {
  const at = secondsOf(text)
  return at === null ? null : isoInstant(at)
}

function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
}
