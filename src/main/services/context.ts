import type { EvaluationProgress } from '#shared/domain/evaluation.ts'
import type { Exported, ExportRequest } from '#shared/domain/export.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Post } from '#shared/domain/webhook.ts'
import type { EventName, EventOf } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/result.ts'
import type { Sweeper } from '../scanner/sweeper.ts'
import type { Surroundings } from '../scanner/vantage.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import type { FrameworkShelf } from './framework-shelf.ts'
import type { Identity, RandomBytes } from './identity.ts'

/** What a query is given: it can run in any thread. */
export interface Reading {
  readonly store: ReadableStore
  readonly now: () => Instant
  readonly about: About
  readonly advisories: AdvisoryShelf
  /** Absent: none. */
  readonly frameworks?: FrameworkShelf
  /** Tells how far a long question is; absent: nobody listens. */
  readonly emit?: Emit
}

/** Facts about the running program. */
export interface About {
  readonly version: string
  readonly dataFolder: string
  /** The account of the operating system. */
  readonly actor: string
}

/** What a command's synchronous part is given. */
export interface Transaction {
  readonly store: WritableStore
  readonly now: Instant
  readonly actor: string
  /** The same person with role and key. */
  readonly identity: Identity
  /** Tells the audit what a command changes; null: it was not there, or is not there any more. */
  changed(subject: string, before: unknown, after: unknown): void
}

export type Emit = <K extends EventName>(name: K, value: EventOf<K>) => void

export interface Log {
  info(details: object, message: string): void
  error(details: object, message: string): void
}

/** Keeps findings in step with what is known: only instances of which something changed are looked at again. */
export interface Evaluation {
  /** Brings everything up to date; resolves when it is. */
  run(): Promise<void>
  /** The same; but where much is to be done, it goes on by itself. */
  catchUp(): Promise<void>
  /** Looks again at everything, whether it changed or not. */
  runAll(): Promise<void>
  /** How far it is, while there is much to do; null: there is not. */
  progress(): EvaluationProgress | null
  /** Breaks off at the next chance. What is left is done after the next start. */
  close(): Promise<void>
}
/** An ordinary file, piece by piece. */
export type ReadFile = (
  path: string,
) => Promise<
  { readonly size: number; readonly chunks: AsyncIterable<Uint8Array> } | { readonly problem: string }
>

export type ReadText = { readonly text: string } | { readonly problem: string }

/** Writes tables into files, in a thread of its own. */
export interface Exporter {
  write(request: ExportRequest): Promise<Result<Exported>>
  close(): Promise<void>
}

/** What the owner of a data folder has of the world. */
export interface Owning extends Reading {
  readonly store: WritableStore
  readonly sweeper: Sweeper
  readonly surroundings: () => Promise<Surroundings>
  readonly random: () => number
  /** Milliseconds on a clock that never jumps: durations are taken from it, never from the calendar. */
  readonly monotonic: () => number
  /** The text of an ordinary file of at most so many bytes. */
  readonly readText: (path: string, mostBytes: number) => Promise<ReadText>
  readonly readFile: ReadFile
  readonly exporter: Exporter
  /** Sends to an address a person has set, and nowhere else. */
  readonly post: Post
  readonly problemOfAddress: (url: string) => string | null
  readonly randomBytes: RandomBytes
  readonly emit: Emit
  readonly log: Log
  readonly evaluation: Evaluation
}
