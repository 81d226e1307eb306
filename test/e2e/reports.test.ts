import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { goTo } from './handle.ts'
import { shareConsole } from './open-console.ts'

describe('reports', () => {
  const console = shareConsole()

  test('there is none yet, and why one is worth making', async () => {
    const { page } = console.now
    await goTo(page, 'Reports')
    await page.getByRole('heading', { name: 'No report has been made yet' }).waitFor()
  })

  test('one is made from the form, kept with its manifest, and intact when it is verified', async () => {
    const { page, dataFolder, call } = console.now
    await page.getByRole('main').getByRole('button', { name: 'Create report' }).first().click()
    const form = page.getByRole('complementary', { name: 'New report' })
    await form.getByRole('checkbox', { name: 'Show people as pseudonyms' }).check()
    await form.getByRole('button', { name: 'Create report' }).click()
    await page.getByText('Report 1 is ready').waitFor({ timeout: 60_000 })
    await page.getByRole('cell', { name: 'Report for management' }).waitFor()
    const folder = join(dataFolder, 'reports', '1')
    expect(readdirSync(folder).sort()).toEqual(['executive-en.pdf', 'executive-en.pdf.manifest.json'])
    const verified = await call('report.verify', { file: join(folder, 'executive-en.pdf') })
    expect(verified).toMatchObject({ ok: true, value: { verdict: 'intact' } })
  })

  test('before the first scan no control is called met', async () => {
    const { page } = console.now
    await page.getByText('Compliance', { exact: true }).click()
    await page.getByText('Met as far as visible: 0').waitFor()
    await page.getByText('No scan has ended yet.').first().waitFor()
    expect(console.now.complaints).toEqual([])
  })
})
