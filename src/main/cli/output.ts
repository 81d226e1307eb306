import type { Failure } from '#shared/result.ts'
import { underlined } from './caret.ts'
import type { Words } from './words.ts'

/** Where text goes: a terminal, a file, a pipe. */
export interface Stream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

export interface Output {
  /** The one JSON value of a command. */
  json(value: unknown): void
  text(text: string): void
  /** Something beside the result: to stderr, so that a pipe stays clean. */
  note(text: string): void
  /** A refusal: what is wrong and what to do now; nothing on stdout. */
  refuse(failure: Failure): 2
  /** A bug. */
  crash(error: unknown): void
  readonly stderr: Stream
  readonly width: number
}

export function createOutput(stdout: Stream, stderr: Stream, words: Words): Output {
  const note = (text: string) => void stderr.write(`${text}\n`)
  return {
    stderr,
    width: stdout.isTTY ? (stdout.columns ?? 120) : Number.POSITIVE_INFINITY,
    json: value => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    text: text => void stdout.write(`${text}\n`),
    note,
    refuse({ code, details }) {
      note(`error: ${words(`failures:${code}.error`, details)}`)
      note(`next: ${words(`failures:${code}.next`, details)}`)
      const query = underlined(details)
      if (query !== null) note(query)
      return 2
    },
    crash(error) {
      note(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      note(`next: ${words('cli:crash.next')}`)
    },
  }
}
