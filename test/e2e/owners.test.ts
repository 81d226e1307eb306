import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { needElectron } from '../shell/electron.ts'
import { goTo, register, scanAll } from './handle.ts'
import { shareConsole } from './open-console.ts'

const shared = shareConsole()

const csv = `name,email,id,kind
Ada Lovelace,ada@example.org,17,person
Grace Hopper,grace@example.org,18,person
Nobody,not-an-address,19,person
`

const queue = async (states: string[]) => {
  const page = await shared.now.call('owner.queue', { states: states as never, limit: 0 })
  return page.ok ? page.value.total : -1
}
const nobodyAnswers = ['unowned', 'proposed', 'disputed']

describe('owners, in the console', { timeout: 120_000 }, () => {
  needElectron()

  it('come from a file with a preview, and are found for every instance by keyboard alone', async () => {
    const { page } = shared.now
    const lab = await startLab({ base: '127.74.0.0/24' })
    try {
      await register(shared.now, lab.blocks[0] ?? '', { exclusions: lab.excluded, site: 'Lab' })
      await scanAll(shared.now)
    } finally {
      await lab.stop()
    }
    await goTo(page, 'Triage')
    await page.getByRole('button', { name: 'Import owners' }).first().click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page
      .getByText('3 lines: 2 new, 0 changed, 0 known already, 1 rejected.', { exact: false })
      .waitFor()
    await page.getByRole('table', { name: 'Rejected lines' }).getByText('this is no e-mail address').waitFor()
    await page.getByRole('button', { name: 'Import 2 owners' }).click()
    await page.getByText('2 added, 0 changed.').waitFor()

    // Who authorised the range is proposed; one of them is somebody else's.
    await expect.poll(() => queue(['proposed']), { timeout: 10_000 }).toBeGreaterThan(2)
    await page.keyboard.press('r')
    const total = await queue(nobodyAnswers)
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Owner' }).fill('Grace')
    await page.getByRole('option', { name: /Grace Hopper/ }).waitFor()
    await page.keyboard.press('Enter')
    await dialog.getByRole('textbox', { name: 'Note' }).fill('runs the pool')
    await dialog.getByRole('button', { name: 'Assign' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => queue(nobodyAnswers)).toBe(total - 1)

    // One by one: the next row comes to where the last one was.
    for (let left = total - 1; left > total - 6; left--) {
      const accept = page.getByRole('toolbar').getByRole('button', { name: /^Accept/ })
      await accept.waitFor()
      const subject = await page.getByRole('toolbar').getAttribute('aria-label')
      await page.keyboard.press('y')
      await expect.poll(() => queue(nobodyAnswers), { timeout: 10_000 }).toBe(left - 1)
      // What is pressed before the next row is there is not meant for it.
      await expect.poll(() => page.getByRole('toolbar').getAttribute('aria-label')).not.toBe(subject)
    }
    // What is left at once, as it is shown.
    await page.getByRole('button', { name: 'proposed' }).click()
    await page.getByRole('button', { name: 'unowned' }).click()
    await page.getByRole('button', { name: 'disputed' }).click()
    await page.getByRole('button', { name: 'proposed' }).click()
    await page.getByRole('button', { name: `All ${total - 6}` }).click()
    await page.getByRole('menuitem', { name: 'Accept' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click()
    await page.getByText(`${total - 6} proposals accepted.`).waitFor()
    await goTo(page, 'Inventory')
    await goTo(page, 'Triage')
    await page.getByText('Everything has an owner').waitFor()
    expect(await queue(['assigned'])).toBe(total)
  })

  it('stand on the board as in the list, and their counts lead to exactly those rows', async () => {
    const { page, call } = shared.now
    await goTo(page, 'Triage')
    await page.getByRole('tab', { name: 'Board' }).click()
    const assigned = await queue(['assigned'])
    const column = page.getByRole('region', { name: 'assigned' })
    await column.getByText(String(assigned), { exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Owners' }).click()
    const row = page.getByRole('table', { name: 'Owners' }).getByRole('row', { name: /Ada Lovelace/ })
    const link = row.getByRole('link', { name: /^\d+$/ }).first()
    const count = Number(await link.textContent())
    await link.click()
    await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor()
    const found = await call('inventory.page', { query: 'owner:"Ada Lovelace"', limit: 0 })
    expect(found).toMatchObject({ value: { total: count } })
    expect(count).toBe(assigned - 1)
  })

  it('act under their own name once a passphrase is set, with the account beside it', async () => {
    const { page, call } = shared.now
    await page.getByRole('button', { name: /^Acting/ }).click()
    await page.getByRole('menuitem', { name: 'Set a passphrase' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New passphrase').fill('correct horse battery')
    await dialog.getByLabel('Once more').fill('correct horse battery')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Acting: .*administrator/ }).waitFor()
    await page.getByRole('button', { name: /^Acting/ }).click()
    await page.getByRole('menuitem', { name: 'Add person' }).click()
    await dialog.getByLabel('Name').fill('Grace Hopper')
    await dialog.getByLabel('New passphrase').fill('another long phrase')
    await dialog.getByLabel('Once more').fill('another long phrase')
    await dialog.getByRole('button', { name: 'Add person' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Acting/ }).click()
    await page.getByRole('menuitem', { name: /Act as Grace Hopper/ }).click()
    await dialog.getByLabel('Passphrase').fill('another long phrase')
    await dialog.getByRole('button', { name: 'Act', exact: true }).click()
    await page.getByRole('button', { name: 'Acting: Grace Hopper, analyst' }).waitFor()

    await goTo(page, 'Triage')
    await page.getByRole('tab', { name: 'Owners' }).click()
    await page.getByRole('button', { name: 'Add owner' }).click()
    await page.getByRole('complementary', { name: 'Add owner' }).getByLabel('Name').fill('Night shift')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(async () => (await call('audit.list', { command: 'owner.add' })) as object)
      .toMatchObject({ value: [{ actor: 'Grace Hopper', outcome: 'done' }] })
  })

  it('leave an audit that is whole, and is caught when the file is tampered with', async () => {
    const { page, dataFolder, complaints } = shared.now
    await goTo(page, 'Audit')
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByText('The audit is intact.').waitFor()

    const file = new Database(join(dataFolder, 'paddock.sqlite'))
    const { id } = file.prepare("SELECT id FROM audit_entries WHERE command = 'owner.import'").get() as {
      id: number
    }
    file
      .prepare(
        "UPDATE audit_values SET value = replace(value, 'people', 'nobody') WHERE entry_id = ? AND name = 'input'",
      )
      .run(id)
    file.close()

    await page.getByRole('button', { name: 'Close' }).first().click()
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByText('The audit is broken.').waitFor()
    await page.getByRole('link', { name: `First bad entry: ${id}.` }).click()
    await page.getByRole('complementary', { name: `Entry ${id}` }).waitFor()
    await page
      .getByText('One of its values is not the one it committed itself to.', { exact: false })
      .waitFor()
    expect(complaints).toEqual([])
  })
})
