import * as z from 'zod'
import type { InputOf, OutputOf } from '#shared/ipc/channel.ts'
import type { ChannelName, Contract, EventName, EventOf } from '#shared/ipc/contract.ts'
import type { Failure, Result } from '#shared/result.ts'

/** How the backend is. `restarted`: it died, was started again and is ready; nothing committed is lost. */
export type BackendStatus =
  | { readonly state: 'starting' | 'ready' | 'restarted' }
  | { readonly state: 'failed'; readonly failure: Failure }

/** The words of the application menu, from the page's own translations. */
export const MenuLabels = z.object({
  file: z.string(),
  quit: z.string(),
  edit: z.string(),
  undo: z.string(),
  redo: z.string(),
  cut: z.string(),
  copy: z.string(),
  paste: z.string(),
  selectAll: z.string(),
  view: z.string(),
  zoomIn: z.string(),
  zoomOut: z.string(),
  actualSize: z.string(),
  fullScreen: z.string(),
  window: z.string(),
  minimize: z.string(),
  close: z.string(),
})
export type MenuLabels = z.infer<typeof MenuLabels>

/** What the frame around the page needs to look like it, now and at the next start. */
export const Appearance = z.object({
  theme: z.enum(['light', 'dark', 'system']),
  background: z.string().regex(/^#[0-9a-f]{6}$/i),
  menu: MenuLabels,
})
export type Appearance = z.infer<typeof Appearance>

export type BridgeEvents = { [K in EventName]: EventOf<K> } & { backend: BackendStatus }

/** All that the page can reach: `window.bridge`. */
export interface Bridge {
  /** A bug in the backend rejects; an expected failure is a value. `ticket` is for `cancel`, `pass` shows who acts. */
  call<K extends ChannelName>(
    channel: K,
    input: InputOf<Contract, K>,
    ticket?: number,
    pass?: string,
  ): Promise<Result<OutputOf<Contract, K>>>
  /** A newer question made the answer worthless: the call with this ticket rejects at once. */
  cancel(ticket: number): void
  /** Returns how to stop listening. `backend` also tells the present status at once. */
  onEvent<K extends keyof BridgeEvents>(name: K, listener: (value: BridgeEvents[K]) => void): () => void
  /** After `failed`: what stood in the way may be gone. */
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
