import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatAddressPort } from '#shared/domain/address.ts'
import { electronPath, needElectron } from '../shell/electron.ts'
import { fillFolder } from '../support/fill-folder.ts'
import { type Console, newDataFolder, openConsole, removeFolder } from './open-console.ts'

let console: Console
const dataFolder = newDataFolder()
const count = 6000

beforeAll(async () => {
  if (electronPath === undefined) return
  fillFolder(dataFolder, count)
  console = await openConsole(dataFolder)
})
afterAll(async () => {
  if (electronPath === undefined) return
  await console.close()
  removeFolder(dataFolder)
})

/** Everything is judged, and the page has asked for its rows since: nothing changes any more. */
async function settled(): Promise<void> {
  for (let waited = 0; waited < 300; waited++) {
    const left = await console.call('inventory.page', { query: 'score:unknown', limit: 0 })
    if (left.ok && left.value.total === 0) break
    await console.page.waitForTimeout(200)
  }
  await console.page.reload()
  await console.page.locator('[row-index="0"] [role="gridcell"]').first().waitFor()
}

const counted = (text: string) => console.page.getByText(text, { exact: true }).waitFor()
/** What the backend has at a place of the list. */
async function placeAt(row: number, query = ''): Promise<string> {
  const page = await console.call('inventory.page', {
    query,
    sort: [{ column: 'risk', descending: false }],
    start: row,
    limit: 1,
  })
  const found = page.ok ? page.value.rows[0] : undefined
  return found === undefined ? 'nothing' : formatAddressPort(found.address, found.port)
}

/** Scrolls in so many steps, one a frame, to a share of the list. */
async function scrollTo(share: number, steps = 1): Promise<void> {
  await console.page.evaluate(
    async ([to = 0, count = 1]) => {
      const boxes = [...document.querySelectorAll<HTMLElement>('section *')]
      const box = boxes.find(each => each.scrollHeight > each.clientHeight + 10_000)
      if (box === undefined) throw new Error('nothing scrolls')
      const from = box.scrollTop
      const last = to * (box.scrollHeight - box.clientHeight)
      for (let step = 1; step <= count; step++) {
        box.scrollTop = from + ((last - from) * step) / count
        await new Promise(requestAnimationFrame)
      }
    },
    [share, steps],
  )
}

/** Rows in the page by their place in the list, with their text; those whose page is there have cells. */
const rowsOnShow = () =>
  console.page.evaluate(() =>
    [...document.querySelectorAll('[role="row"][row-index]')].map(row => ({
      index: Number(row.getAttribute('row-index')),
      text: row.textContent ?? '',
      isWhole: row.querySelectorAll('[role="gridcell"]').length > 4,
    })),
  )

describe('a list of thousands of rows', { timeout: 60_000 }, () => {
  needElectron()

  it('shows the rows of the place it is scrolled to', async () => {
    await settled()
    await counted('6,000 instances')
    for (const [share, row] of [
      [1, count - 1],
      [0, 0],
    ] as const) {
      await scrollTo(share)
      await console.page.locator(`[row-index="${row}"] [role="gridcell"]`).first().waitFor()
      const shown = (await rowsOnShow()).find(({ index }) => index === row)
      expect(shown?.text).toContain(await placeAt(row))
    }
  })

  it('says the place of rows passed too fast for their pages', async () => {
    // The outline is asked for as soon as the first page is there; it is all here once the last rows were shown.
    await scrollTo(1)
    await console.page
      .locator(`[row-index="${count - 1}"] [role="gridcell"]`)
      .first()
      .waitFor()
    const wanted = new Map<number, string>()
    await scrollTo(0.4, 12)
    const passed = await rowsOnShow()
    for (const { index } of passed.slice(0, 3)) wanted.set(index, await placeAt(index))
    for (const { index, text } of passed.slice(0, 3)) expect(text).toContain(wanted.get(index))
    await console.page.locator('[role="row"].ag-full-width-row').first().waitFor({ state: 'detached' })
    expect((await rowsOnShow()).every(({ isWhole }) => isWhole)).toBe(true)
  })

  it('shows the answer to another question from its beginning', async () => {
    const { page } = console
    await scrollTo(0.5)
    const found = await console.call('inventory.page', { query: 'access:open', limit: 0 })
    const total = found.ok ? found.value.total : -1
    const filter = page.getByRole('textbox', { name: 'Filter the inventory' })
    await filter.fill('access:open')
    await filter.press('Enter')
    await counted(`${total.toLocaleString('en-US')} of 6,000`)
    // Rows have their cells in steps.
    await page.locator('section[aria-busy="true"]').waitFor({ state: 'detached' })
    await page.locator('[role="row"].ag-full-width-row').first().waitFor({ state: 'detached' })
    const texts = (await rowsOnShow()).map(({ text }) => text)
    expect(texts.length).toBeGreaterThan(10)
    expect(texts.every(text => text.includes('open'))).toBe(true)
    expect(await page.locator('section[aria-busy="true"]').count()).toBe(0)
  })

  it('keeps the row with the focus when Enter leads from another question to its answer', async () => {
    const { page } = console
    const rowWithFocus = () =>
      page.evaluate(() => document.activeElement?.closest('[role="row"]')?.getAttribute('row-index') ?? null)
    const filter = page.getByRole('textbox', { name: 'Filter the inventory' })
    for (const query of ['tools:yes', 'tools:no']) {
      const found = await console.call('inventory.page', { query, limit: 0 })
      await filter.fill(query)
      await filter.press('Enter')
      await counted(`${(found.ok ? found.value.total : -1).toLocaleString('en-US')} of 6,000`)
      await page.locator('section[aria-busy="true"]').waitFor({ state: 'detached' })
      await page.locator('[role="row"].ag-full-width-row').first().waitFor({ state: 'detached' })
      await expect.poll(rowWithFocus).toBe('0')
      const address = await placeAt(0, query)
      expect((await rowsOnShow()).find(({ index }) => index === 0)?.text).toContain(address)
      await page.keyboard.press('Enter')
      await page.getByRole('complementary', { name: address }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('complementary', { name: address }).waitFor({ state: 'detached' })
    }
  })

  it('complained about nothing', () => {
    expect(console.complaints).toEqual([])
  })
})
