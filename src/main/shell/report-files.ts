import { realpath } from 'node:fs/promises'
import { basename, extname, sep } from 'node:path'
import { type BrowserWindow, dialog, shell } from 'electron'
import * as z from 'zod'

export const ChooseArguments = z.tuple([z.string().min(1).max(200)])
export const OpenArguments = z.tuple([z.string().min(1).max(4096)])

/** Where the person wants a file of this name; null: nowhere after all. */
export async function choosePath(window: BrowserWindow | null, name: string): Promise<string | null> {
  const options = { defaultPath: basename(name) }
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  return canceled || filePath === '' ? null : filePath
}

const kinds = new Set(['.pdf', '.html', '.xlsx', '.csv', '.json'])

/** Shows a kept report with the program the person has for it. Nothing outside the folder of reports is ever opened. */
export async function openReport(folder: string, path: string): Promise<boolean> {
  const [inside, real] = await Promise.all([realpath(folder), realpath(path)]).catch(() => ['', ''])
  if (inside === '' || !real?.startsWith(`${inside}${sep}`) || !kinds.has(extname(real))) return false
  return (await shell.openPath(real)) === ''
}
