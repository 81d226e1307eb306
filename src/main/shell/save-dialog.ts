import { type BrowserWindow, dialog } from 'electron'
import * as z from 'zod'

/** What the page may propose: a name without a folder, and its ending with the word for it. */
export const SaveProposal = z.object({
  name: z.string().regex(/^[^/\\\0]{1,200}$/),
  extension: z.string().regex(/^[a-z0-9]{1,12}$/),
  kind: z.string().max(100),
})
export type SaveProposal = z.infer<typeof SaveProposal>

/** Lets the person say where a file goes; null: nowhere. The system asks before it replaces one. */
export async function chooseTarget(
  window: BrowserWindow | null,
  { name, extension, kind }: SaveProposal,
): Promise<string | null> {
  const options = { defaultPath: name, filters: [{ name: kind, extensions: [extension] }] }
  const chosen =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath
}
