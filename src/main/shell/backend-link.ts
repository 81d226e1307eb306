import type { ToBackend } from '#shared/ipc/message.ts'

/** The wire to one backend process. It carries messages and tells the end; what they mean is the supervisor's. */
export interface BackendLink {
  /** Lost without a word if the process is gone: its end has been or will be told. */
  post(message: ToBackend): void
  onMessage(listener: (message: unknown) => void): void
  /** Told once, however it ended; also if it could not be started. */
  onExit(listener: (code: number | null) => void): void
  /** Lets it end in order, makes it end after `patienceMs`; resolves when it is gone. */
  stop(): Promise<void>
}

export interface BackendProgram {
  readonly entry: string
  readonly args: readonly string[]
}

/** How long a backend may take to write its last batch. */
export const patienceMs = 3000
