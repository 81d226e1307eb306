import { checkHead, type Framing, framingOf, parseHeaders, parseStartLine, type StartLine } from './head.ts'
import { type Header, hasToken, headerOf, type Problem, problem, type Request } from './request.ts'
import { parseTarget, type Target } from './target.ts'

/** 1 MiB and 4 KiB: Go's DefaultMaxHeaderBytes and the slack it adds (facts, section 1). */
const largestHead = (1 << 20) + 4096
/** No question Paddock may ask has a body near this; the rest of a longer one is read and dropped. */
const largestBody = 1 << 20
const nothing = Buffer.alloc(0)

interface Head {
  readonly start: StartLine
  readonly headers: readonly Header[]
  readonly target: Target
  readonly framing: Framing
}

/** Cuts a stream of bytes into requests: pipelined ones, chunked bodies, bytes that are no request at all. */
export class RequestReader {
  #bytes: Buffer = nothing
  #startLine: StartLine | null = null
  #head: Head | null = null
  #body: Buffer[] = []
  #bodyLength = 0
  #continueDue = false

  push(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
  }

  /**
   * Whether `100 Continue` is due now. Go sends it when a handler first reads the body, even where the body is already
   * there (observed, case expect-100).
   */
  takeContinue(): boolean {
    const due = this.#continueDue
    this.#continueDue = false
    return due
  }

  /** The next request, what is wrong with the bytes, or null: more are needed. */
  next(): Request | Problem | null {
    const head = this.#head ?? this.#readHead()
    if (head === null || 'kind' in head) return head
    if (this.#head === null) this.#continueDue = hasToken(headerOf(head.headers, 'expect'), '100-continue')
    this.#head = head
    const whole = head.framing.chunked ? this.#readChunks() : this.#readLength(head.framing.length)
    if (whole !== true) return whole === false ? null : whole
    return this.#finish(head)
  }

  #readHead(): Head | Problem | null {
    const start = this.#startLine ?? this.#readStartLine()
    if (start === null || 'kind' in start) return start
    this.#startLine = start
    const lines = this.#takeHeaderLines()
    if (lines === null) return this.#bytes.length > largestHead ? problem(431) : null
    const headers = parseHeaders(lines)
    if ('kind' in headers) return headers
    const wrong = checkHead(start, headers)
    if (wrong !== null) return wrong
    const target = parseTarget(start.target)
    if ('kind' in target) return target
    const framing = framingOf(headers)
    return 'kind' in framing ? framing : { start, headers, target, framing }
  }

  #readStartLine(): StartLine | Problem | null {
    const end = this.#bytes.indexOf(10)
    if (end < 0) return this.#bytes.length > largestHead ? problem(431) : null
    return parseStartLine(this.#takeLine(end))
  }

  /** The header lines, once the empty line after them is here. Go takes a bare line feed for a line end. */
  #takeHeaderLines(): string[] | null {
    const lines: string[] = []
    let from = 0
    for (;;) {
      const end = this.#bytes.indexOf(10, from)
      if (end < 0) return null
      if (end > largestHead) return null
      const line = textOf(this.#bytes, from, end)
      from = end + 1
      if (line === '') break
      lines.push(line)
    }
    this.#bytes = this.#bytes.subarray(from)
    return lines
  }

  #takeLine(end: number): string {
    const line = textOf(this.#bytes, 0, end)
    this.#bytes = this.#bytes.subarray(end + 1)
    return line
  }

  #readLength(length: number): boolean {
    const part = this.#bytes.subarray(0, length - this.#bodyLength)
    this.#bytes = this.#bytes.subarray(part.length)
    this.#keep(part)
    return this.#bodyLength === length
  }

  #readChunks(): boolean | Problem {
    for (;;) {
      const end = this.#bytes.indexOf(10)
      if (end < 0) return false
      const size = Number.parseInt(textOf(this.#bytes, 0, end), 16)
      if (Number.isNaN(size)) return problem(400)
      const next = end + 1 + size
      if (this.#bytes.length < next + 2) return false
      this.#keep(this.#bytes.subarray(end + 1, next))
      this.#bytes = this.#bytes.subarray(next + 2)
      if (size === 0) return true
    }
  }

  #keep(part: Buffer): void {
    if (part.length > 0 && this.#bodyLength < largestBody) this.#body.push(part)
    this.#bodyLength += part.length
  }

  #finish(head: Head): Request {
    const body = this.#body.length > 0 ? Buffer.concat(this.#body) : nothing
    this.#startLine = null
    this.#head = null
    this.#body = []
    this.#bodyLength = 0
    return {
      method: head.start.method,
      target: head.start.target,
      path: head.target.path,
      version: head.start.minor === 0 && head.start.major === 1 ? '1.0' : '1.1',
      headers: head.headers,
      host: head.target.authority ?? headerOf(head.headers, 'host') ?? '',
      body,
    }
  }
}

function textOf(bytes: Buffer, from: number, end: number): string {
  const stop = end > from && bytes[end - 1] === 13 ? end - 1 : end
  return bytes.toString('latin1', from, stop)
}
