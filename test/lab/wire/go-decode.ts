/**
 * Go's JSON decoder as far as its verdicts reach the wire: it reads one value, ignores what follows, and its error texts
 * name the Go type, which no imitation does (facts, section 2).
 */
export type Decoded = { readonly value: unknown } | { readonly error: string }

/** Decodes the first value of the text. `EOF` where there is none: Ollama makes its own sentence of it. */
export function decodeFirst(text: string): Decoded {
  const scan: Scan = { text, at: 0 }
  try {
    skipSpace(scan)
    if (scan.at >= text.length) return { error: 'EOF' }
    return { value: readValue(scan) }
  } catch (error) {
    if (error instanceof SyntaxFault) return { error: error.message }
    throw error
  }
}

/** What the decoder says of a value that is no object, or null where it fits. `null` fits everything. */
export function mismatchOf(value: unknown, goType: string): string | null {
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return null
  return `json: cannot unmarshal ${kindOf(value)} into Go value of type api.${goType}`
}

/** A text field of an object; Go matches names without regard to case. */
export function textField(value: unknown, name: string, goType: string): string | { error: string } {
  if (value === null || typeof value !== 'object') return ''
  const found = Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1]
  if (found === undefined || found === null) return ''
  if (typeof found === 'string') return found
  return {
    error: `json: cannot unmarshal ${kindOf(found)} into Go struct field ${goType}.${name} of type string`,
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

interface Scan {
  readonly text: string
  at: number
}

class SyntaxFault extends Error {}

function readValue(scan: Scan): unknown {
  const character = scan.text[scan.at]
  if (character === '{') return readObject(scan)
  if (character === '[') return readArray(scan)
  if (character === '"') return readString(scan)
  const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(
    scan.text.slice(scan.at, scan.at + 64),
  )?.[0]
  if (literal === undefined) throw unexpected(scan, 'looking for beginning of value')
  scan.at += literal.length
  return JSON.parse(literal)
}

function readObject(scan: Scan): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  scan.at++
  if (next(scan) === '}') return close(scan, object)
  for (;;) {
    if (next(scan) !== '"') throw unexpected(scan, 'looking for beginning of object key string')
    const key = readString(scan)
    if (next(scan) !== ':') throw unexpected(scan, 'after object key')
    scan.at++
    next(scan)
    object[key] = readValue(scan)
    if (next(scan) === '}') return close(scan, object)
    if (scan.text[scan.at] !== ',') throw unexpected(scan, 'after object key:value pair')
    scan.at++
  }
}

function readArray(scan: Scan): unknown[] {
  const array: unknown[] = []
  scan.at++
  if (next(scan) === ']') return close(scan, array)
  for (;;) {
    array.push(readValue(scan))
    if (next(scan) === ']') return close(scan, array)
    if (scan.text[scan.at] !== ',') throw unexpected(scan, 'after array element')
    scan.at++
    next(scan)
  }
}

function readString(scan: Scan): string {
  for (let end = scan.at + 1; end < scan.text.length; end++) {
    if (scan.text[end] === '\\') end++
    else if (scan.text[end] === '"') {
      const text = scan.text.slice(scan.at, end + 1)
      scan.at = end + 1
      try {
        return JSON.parse(text) as string
      } catch {
        throw new SyntaxFault('invalid character in string literal')
      }
    }
  }
  throw new SyntaxFault('unexpected EOF')
}

/** The next character that is no space; the end of the text here is inside a value. */
function next(scan: Scan): string {
  skipSpace(scan)
  const character = scan.text[scan.at]
  if (character === undefined) throw new SyntaxFault('unexpected EOF')
  return character
}

function skipSpace(scan: Scan): void {
  while (' \t\r\n'.includes(scan.text[scan.at] ?? 'x')) scan.at++
}

function close<Value>(scan: Scan, value: Value): Value {
  scan.at++
  return value
}

function unexpected(scan: Scan, where: string): SyntaxFault {
  const character = scan.text[scan.at]
  if (character === undefined) return new SyntaxFault('unexpected EOF')
  return new SyntaxFault(`invalid character '${character === "'" ? "\\'" : character}' ${where}`)
}
