import { type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron'
import * as z from 'zod'
import { Appearance } from './bridge.ts'
import { bridgeChannels } from './bridge-channels.ts'
import { ChooseArguments, choosePath, OpenArguments, openReport } from './report-files.ts'
import { SaveArguments, saveText } from './save-text.ts'
import { isOurs } from './sender-check.ts'
import type { Supervisor } from './supervisor.ts'

export interface PageCalls {
  readonly supervisor: Supervisor
  readonly window: () => BrowserWindow | null
  readonly devServer: string | null
  /** Where the backend keeps finished reports. */
  readonly reportsFolder: string
  readonly onAppearance: (appearance: Appearance) => void
}

const CallArguments = z.tuple([z.string(), z.unknown(), z.int().optional(), z.string().max(200).optional()])

/** Everything the page may ask of this process. A message from anyone else is not answered. */
export function hearPage({ supervisor, window, devServer, reportsFolder, onAppearance }: PageCalls): void {
  const isTrusted = (event: IpcMainEvent | IpcMainInvokeEvent) =>
    isOurs(event, window()?.webContents ?? null, devServer)
  const answer = <T>(channel: string, reply: (...args: unknown[]) => T) =>
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      if (!isTrusted(event)) throw new Error('not our page')
      return reply(...args)
    })
  const hear = (channel: string, act: (value: unknown) => void) =>
    ipcMain.on(channel, (event, value: unknown) => {
      if (isTrusted(event)) act(value)
    })

  const ids = new Map<number, number>()
  answer(bridgeChannels.call, async (...args) => {
    const [channel, input, ticket, pass] = CallArguments.parse(args)
    let own = 0
    const note = (id: number) => {
      own = id
      if (ticket !== undefined) ids.set(ticket, id)
    }
    try {
      return await supervisor.call(channel, input, note, pass)
    } finally {
      // a page that was loaded again counts its tickets from the start
      if (ticket !== undefined && ids.get(ticket) === own) ids.delete(ticket)
    }
  })
  answer(bridgeChannels.save, (...args) => saveText(window(), ...SaveArguments.parse(args)))
  answer(bridgeChannels.choose, (...args) => choosePath(window(), ...ChooseArguments.parse(args)))
  answer(bridgeChannels.open, (...args) => openReport(reportsFolder, ...OpenArguments.parse(args)))
  answer(bridgeChannels.status, () => supervisor.status)
  hear(bridgeChannels.cancel, ticket => supervisor.cancel(ids.get(Number(ticket)) ?? 0))
  hear(bridgeChannels.restart, () => supervisor.restart())
  hear(bridgeChannels.appearance, value => onAppearance(Appearance.parse(value)))
}
