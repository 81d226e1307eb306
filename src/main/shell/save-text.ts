import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import * as z from 'zod'

export const SaveArguments = z.tuple([z.string().min(1).max(200), z.string().max(200_000_000)])

/** Saves a text where the person says. false: they did not want to after all. */
export async function saveText(window: BrowserWindow | null, name: string, text: string): Promise<boolean> {
  const options = { defaultPath: basename(name) }
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  if (canceled || filePath === '') return false
  await writeFile(filePath, text, { mode: 0o600 })
  return true
}
