import type { Result } from '#shared/result.ts'
import type { Program } from '../program.ts'
import type { Output, Stream } from './output.ts'
import type { Session } from './session.ts'
import type { Words } from './words.ts'

/** What the command line is given of the world. */
export interface Terminal {
  readonly program: Program
  readonly dataFolder: (given: string | undefined) => string
  readonly demoFolder: (given: string | undefined) => string
  readonly language: string | undefined
  readonly stdout: Stream
  readonly stderr: Stream
  readonly onInterrupt: (listener: () => void) => void
  /** At once, without waiting for anything. */
  readonly exit: (code: ExitCode) => void
  readonly now: () => number
}

/** 0 done, 1 internal error, 2 wrong usage or refused, 3 stopped before the end, 4 a verification found damage, 5 intact, but by an unknown signer. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5

/** What was given on the command line, checked against the command's options. */
export interface Given {
  readonly positionals: readonly string[]
  readonly json: boolean
  text(option: string): string | undefined
  texts(option: string): string[]
  flag(option: string): boolean
}

/** What a command is run with. */
export interface PlainContext {
  readonly given: Given
  readonly output: Output
  readonly words: Words
  readonly terminal: Terminal
}

export interface Context extends PlainContext {
  readonly session: Session
  readonly dataFolder: string
}

interface Shape {
  /** The words it is called by. */
  readonly path: readonly string[]
  /** How to call it, after `paddock`. */
  readonly usage: string
  /** How many further words it needs and takes. */
  readonly needs: number
  readonly takes: number
  readonly options: Readonly<Record<string, 'text' | 'texts' | 'flag'>>
}

export type Command =
  | (Shape & {
      readonly kind: 'plain'
      readonly run: (context: PlainContext) => ExitCode | Promise<ExitCode>
    })
  | (Shape & {
      readonly kind: 'session'
      /** Works on the simulated organisation's own folder unless another is named. */
      readonly isDemo?: boolean
      readonly run: (context: Context) => Promise<Result<ExitCode>>
    })

const done: Result<ExitCode> = { ok: true, value: 0 }

/** The usual end: one JSON value, or text for people. */
export function show<T>(
  { given, output }: PlainContext,
  value: T,
  text: (value: T) => string,
): Result<ExitCode> {
  if (given.json) output.json(value)
  else output.text(text(value))
  return done
}
