import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const folder = process.env['PADDOCK_PICTURES']

/** Keeps what the console shows, light and dark, in the folder `PADDOCK_PICTURES` names; without it nothing is kept. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (folder === undefined || folder === '') return
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: null })
}
