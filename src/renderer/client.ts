import type { InputOf, OutputOf } from '#shared/ipc/channel.ts'
import type { ChannelName, Contract, EventName, EventOf } from '#shared/ipc/contract.ts'
import type { Failure, Result } from '#shared/result.ts'

/** How the backend is. `restarted`: it died, was started again and is ready; nothing committed is lost. */
export type BackendStatus =
  | { readonly state: 'starting' | 'ready' | 'restarted' }
  | { readonly state: 'failed'; readonly failure: Failure }

export type Theme = 'light' | 'dark' | 'system'

const menuWords = [
  'file',
  'quit',
  'edit',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'view',
  'zoomIn',
  'zoomOut',
  'actualSize',
  'fullScreen',
  'window',
  'minimize',
  'close',
] as const
export type MenuWord = (typeof menuWords)[number]
export type MenuLabels = Record<MenuWord, string>

/** The words of the application menu in the page's language. */
export function menuLabels(word: (name: MenuWord) => string): MenuLabels {
  return Object.fromEntries(menuWords.map(name => [name, word(name)])) as MenuLabels
}

export interface Appearance {
  readonly theme: Theme
  readonly background: string
  readonly menu: MenuLabels
}

export type BridgeEvents = { [K in EventName]: EventOf<K> } & { backend: BackendStatus }

/**
 * What the preload puts into the page. The page cannot import the shell, not even its types; a test compares this with
 * `src/main/shell/bridge.ts`.
 */
export interface Bridge {
  call<K extends ChannelName>(
    channel: K,
    input: InputOf<Contract, K>,
    ticket?: number,
    pass?: string,
  ): Promise<Result<OutputOf<Contract, K>>>
  cancel(ticket: number): void
  onEvent<K extends keyof BridgeEvents>(name: K, listener: (value: BridgeEvents[K]) => void): () => void
  restartBackend(): void
  setAppearance(appearance: Appearance): void
  /** Where a file lies that the person has chosen. */
  pathOf(file: File): string
  /** Saves a text where the person says; false: they did not want to after all. */
  saveText(name: string, text: string): Promise<boolean>
  /** Where a file is to be saved; null: nowhere after all. */
  choosePath(name: string): Promise<string | null>
  /** Shows a file of a kept report. false: there is no program for it. */
  openReport(path: string): Promise<boolean>
}

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

/** How the page asks. Expected failures are values; a bug in the backend, and an aborted signal, reject. */
export interface ConsoleClient {
  call<K extends ChannelName>(
    channel: K,
    input: InputOf<Contract, K>,
    signal?: AbortSignal,
  ): Promise<Result<OutputOf<Contract, K>>>
  /** In the name of whoever unlocked the pass, this once. */
  callAs<K extends ChannelName>(
    pass: string,
    channel: K,
    input: InputOf<Contract, K>,
  ): Promise<Result<OutputOf<Contract, K>>>
  /** Returns how to stop listening. `backend` also tells the present status at once. */
  on<K extends keyof BridgeEvents>(name: K, listener: (value: BridgeEvents[K]) => void): () => void
  restartBackend(): void
  setAppearance(appearance: Appearance): void
  /** Where a file lies that the person has chosen. */
  pathOf(file: File): string
  /** Saves a text where the person says; false: they did not want to after all. */
  saveText(name: string, text: string): Promise<boolean>
  /** Where a file is to be saved; null: nowhere after all. */
  choosePath(name: string): Promise<string | null>
  /** Shows a file of a kept report. false: there is no program for it. */
  openReport(path: string): Promise<boolean>
  /** From now on in the name of whoever the pass is for; null: of whoever is at the keyboard. */
  actWith(pass: string | null): void
  /** Who that is, as the backend is told. */
  readonly pass: string | null
}

export function createClient(bridge: Bridge): ConsoleClient {
  let lastTicket = 0
  let pass: string | null = null
  return {
    async call(channel, input, signal) {
      if (signal === undefined)
        return pass === null ? bridge.call(channel, input) : bridge.call(channel, input, undefined, pass)
      signal.throwIfAborted()
      lastTicket += 1
      const ticket = lastTicket
      const cancel = () => bridge.cancel(ticket)
      signal.addEventListener('abort', cancel, { once: true })
      try {
        return await (pass === null
          ? bridge.call(channel, input, ticket)
          : bridge.call(channel, input, ticket, pass))
      } finally {
        signal.removeEventListener('abort', cancel)
      }
    },
    callAs: (pass, channel, input) => bridge.call(channel, input, undefined, pass),
    on: (name, listener) => bridge.onEvent(name, listener),
    restartBackend: () => bridge.restartBackend(),
    setAppearance: appearance => bridge.setAppearance(appearance),
    pathOf: file => bridge.pathOf(file),
    saveText: (name, text) => bridge.saveText(name, text),
    choosePath: name => bridge.choosePath(name),
    openReport: path => bridge.openReport(path),
    actWith(next) {
      pass = next
    },
    get pass() {
      return pass
    },
  }
}

/** The only place that touches what the preload offers. */
export function connect(): ConsoleClient {
  return createClient(window.bridge)
}
