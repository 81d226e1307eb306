import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Console } from './open-console.ts'

// What a person does with the console, by what they see and hear of it.

/** What can be read in a part of the page, in one line. */
export async function readText(part: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden, is not read
  return plain(await part.innerText())
}

/** Without line breaks, and without spaces that do not break. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

export type Screen =
  | 'Overview'
  | 'Inventory'
  | 'Triage'
  | 'Findings'
  | 'Models'
  | 'Ranges'
  | 'Scans'
  | 'Policies'
  | 'Reports'
  | 'Audit'
  | 'Settings'

export async function goTo(page: Page, screen: Screen): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click()
  await page.getByRole('heading', { level: 1, name: screen }).waitFor()
}

export interface RangeWords {
  readonly block: string
  readonly site?: string
  readonly exclusions?: readonly string[]
  readonly validUntil?: string
}

/** Fills in the form of a new range, up to the button. */
export async function fillRange(page: Page, range: RangeWords): Promise<Locator> {
  const form = page.getByRole('complementary', { name: 'Add range' })
  await form.getByLabel('Address range').fill(range.block)
  await form.getByRole('combobox', { name: 'Site' }).fill(range.site ?? 'Plant 7')
  for (const exclusion of range.exclusions ?? []) {
    await form.getByRole('button', { name: 'Add exclusion' }).click()
    await form.getByRole('textbox', { name: 'Excluded addresses' }).last().fill(exclusion)
  }
  await form.getByLabel('Authorised by').fill('Ada Lovelace')
  await form.getByLabel('Reference').fill('CHG-20817')
  if (range.validUntil !== undefined) await form.getByLabel('Valid until').fill(range.validUntil)
  return form
}

/** Registers a range without the form, for scenarios that are about something else. */
export async function register(
  { call }: Console,
  block: string,
  more: { exclusions?: readonly string[]; validUntil?: string; site?: string } = {},
): Promise<number> {
  const added = await call('range.add', {
    block,
    site: more.site ?? 'Plant 7',
    authorisedBy: 'Ada Lovelace',
    reference: 'CHG-20817',
    ...(more.exclusions === undefined ? {} : { exclusions: [...more.exclusions] }),
    ...(more.validUntil === undefined ? {} : { validUntil: more.validUntil }),
  })
  if (!added.ok) throw new Error(`${added.failure.code} ${JSON.stringify(added.failure.details)}`)
  return added.value.id
}

/** Starts a scan in its form, of all ranges or of some. */
export async function startScan(
  page: Page,
  profile: 'gentle' | 'normal' | 'fast',
  only?: string,
): Promise<void> {
  await goTo(page, 'Scans')
  await page.getByRole('main').getByRole('button', { name: 'Start scan' }).first().click()
  const form = page.getByRole('complementary', { name: 'New scan' })
  if (only !== undefined) {
    await form.getByRole('radio', { name: 'Only these' }).check()
    await form.getByRole('checkbox', { name: only }).check()
  }
  await form.getByRole('radio', { name: profile }).check()
  await form.getByRole('button', { name: 'Start scan' }).click()
  await form.waitFor({ state: 'detached' })
}

export type GridRow = Readonly<Record<string, string>>

/** Every row of the grid by its column heads, scrolled through as a person would. */
export async function readGrid(page: Page, name: string): Promise<GridRow[]> {
  const grid = page.getByRole('region', { name }).getByRole('grid')
  const rows = new Map<number, GridRow>()
  const count = Number(await grid.getAttribute('aria-rowcount')) - 1
  await grid.hover()
  await page.mouse.wheel(0, -100_000)
  for (let turn = 0; turn < 60 && rows.size < count; turn++) {
    for (const [index, row] of await grid.evaluate(visibleRows)) rows.set(index, row)
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(40)
  }
  expect(rows.size, 'rows that came into view').toBe(count)
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row)
}

/** In the page: what the cells on show say. Rows of a grid with a pinned column are in two pieces. */
function visibleRows(grid: Element): [number, Record<string, string>][] {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden, is not read
  const read = (cell: Element) => (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim()
  const column = (cell: Element) => cell.getAttribute('aria-colindex')
  const heads = new Map(
    [...grid.querySelectorAll('[role=columnheader]')].map(head => [column(head), read(head)]),
  )
  const rows = new Map<number, Record<string, string>>()
  for (const cell of grid.querySelectorAll('[role=gridcell]')) {
    const index = Number(cell.closest('[role=row]')?.getAttribute('aria-rowindex'))
    rows.set(index, { ...rows.get(index), [heads.get(column(cell)) ?? '?']: read(cell) })
  }
  return [...rows].filter(([, row]) => (row['Address'] ?? '') !== '')
}

/** What stands in the cells of a table, head and foot included. */
export async function readTable(table: Locator): Promise<string[][]> {
  const rows = await table.getByRole('row').all()
  return Promise.all(
    rows.map(async row => {
      const cells = await row.locator('th, td').allInnerTexts()
      return cells.map(plain)
    }),
  )
}

/**
 * Scans without the form, for scenarios that are about something else, waits for the end and shows the inventory. Not from
 * there: a list that is looked at keeps its place and only offers what is new.
 */
export async function scanAll({ page, call }: Console): Promise<void> {
  await goTo(page, 'Ranges')
  const started = await call('scan.start', { profile: 'fast', rate: 5000 })
  if (!started.ok) throw new Error(started.failure.code)
  await expect
    .poll(async () => (await call('scan.progress', {})) as object, { timeout: 60_000, interval: 200 })
    .toMatchObject({ value: null })
  await page.getByRole('link', { name: /Last scan/ }).waitFor()
  await goTo(page, 'Inventory')
}
