import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import { BlastRadius } from '#shared/domain/blast-radius.ts'
import type { HeldModel } from '#shared/domain/held-model.ts'
import { paddockJson } from '../support/paddock.ts'
import { goTo, readText, register, scanAll } from './handle.ts'
import { shareConsole } from './open-console.ts'

describe('models', () => {
  const console = shareConsole()
  let lab: Lab

  beforeAll(async () => {
    lab = await startLab({ base: '127.80.9.0/24' })
  })
  afterAll(() => lab?.stop())

  const drawer = () => console.now.page.getByRole('complementary', { name: /^Model / })
  const shownInstances = () => console.now.page.getByText(/^\d+ (of \d+|instances)$/)
  const listed = async () => {
    const page = await console.now.call('model.page', { limit: 500 })
    if (!page.ok) throw new Error(page.failure.code)
    return page.value
  }
  /** The number a link promises, and the number of rows it leads to. */
  const follow = async (name: RegExp) => {
    const link = console.now.page.getByRole('link', { name }).first()
    const promised = Number(/\d+/.exec(await readText(link))?.[0] ?? '1')
    await link.click()
    await console.now.page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor()
    await expect.poll(async () => Number.parseInt(await readText(shownInstances()), 10)).toBe(promised)
    return promised
  }

  test('before any scan, it is said why there are none', async () => {
    const { page } = console.now
    await goTo(page, 'Models')
    await page.getByRole('heading', { name: 'No model is known yet.' }).waitFor()
  })

  test('are listed, the most widespread first, as the command line lists them', async () => {
    await register(console.now, lab.blocks[0] ?? '', { exclusions: lab.excluded })
    await scanAll(console.now)
    const { page, dataFolder } = console.now
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    const { total, rows } = await listed()
    await page.getByText(`${total} models`, { exact: true }).waitFor()
    const byCommand = await paddockJson<HeldModel[]>(dataFolder, 'model', 'list')
    expect(byCommand).toEqual(rows)
    await page
      .getByRole('gridcell', { name: rows[0]?.names[0] ?? '' })
      .first()
      .waitFor()
  })

  test('one is opened by keyboard, and approved with a reason the command line knows', async () => {
    const { page, dataFolder } = console.now
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const { rows } = await listed()
    const [first] = rows
    await drawer()
      .getByRole('heading', { level: 2, name: first?.names[0] ?? '' })
      .waitFor()
    expect(await readText(drawer())).toContain(`${first?.instances} instances hold it, at one site.`)
    await drawer().getByRole('button', { name: 'Approve …' }).click()
    await drawer().getByRole('textbox', { name: 'Reason' }).fill('read its card')
    await drawer().getByRole('button', { name: 'Approve model' }).click()
    await drawer().getByText('Reason: read its card').waitFor()
    const shown = await paddockJson<HeldModel>(dataFolder, 'model', 'show', first?.digest ?? '')
    expect(shown).toMatchObject({ register: 'approved', approved: { note: 'read its card' } })
    // The list beside it says so, too.
    await page.getByRole('gridcell', { name: 'approved', exact: true }).waitFor()
  })

  test('the approval is taken back, which the command line says as well', async () => {
    const { dataFolder } = console.now
    const { rows } = await listed()
    await drawer().getByRole('button', { name: 'Revoke …' }).click()
    await drawer().getByRole('textbox', { name: 'Reason' }).fill('a better one is there')
    await drawer().getByRole('button', { name: 'Revoke approval' }).click()
    await drawer().getByText('Reason: a better one is there').waitFor()
    expect(await paddockJson<HeldModel>(dataFolder, 'model', 'show', rows[0]?.digest ?? '')).toMatchObject({
      register: 'revoked',
      approved: null,
      revoked: { note: 'a better one is there' },
    })
  })

  test('its holders are just as many rows of the inventory', async () => {
    const { rows } = await listed()
    expect(await follow(/^Show these \d+ instances in the inventory$/)).toBe(rows[0]?.instances)
  })

  test('are narrowed by a query of instances, as on the command line', async () => {
    const { page, dataFolder } = console.now
    await goTo(page, 'Models')
    await page.keyboard.press('/')
    await page.keyboard.type('access:open family:qwen3')
    await page.keyboard.press('Enter')
    const byCommand = await paddockJson<HeldModel[]>(
      ...([dataFolder, 'model', 'list', '--query', 'access:open family:qwen3'] as const),
    )
    const { total } = await listed()
    await page.getByText(`${byCommand.length} of ${total}`, { exact: true }).waitFor()
    const held = await console.now.call('inventory.page', { query: 'access:open family:qwen3', limit: 0 })
    const instances = held.ok ? held.value.total : -1
    await page.getByText(`Held by ${instances} instances the query finds.`).waitFor()
  })

  test('concentration leads from a bar to as many rows as it counts', async () => {
    const { page } = console.now
    await goTo(page, 'Models')
    await page.getByRole('tab', { name: 'Concentration' }).click()
    const table = page.getByRole('table', { name: 'Quantization', exact: true })
    await table.waitFor()
    const row = table.getByRole('row').filter({ hasText: 'Q4_K_M' })
    const count = Number((await readText(row)).split(' ').at(-1))
    await row.getByRole('link').click()
    await expect.poll(async () => Number.parseInt(await readText(shownInstances()), 10)).toBe(count)
  })

  test('a blast radius is asked for in the query language, and is what the command line says', async () => {
    const { page, dataFolder } = console.now
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog')
    await palette.getByRole('textbox').fill('blast')
    await palette.getByRole('button', { name: /^Blast radius/ }).click()
    await page.getByText('Who is hit if something turns out to be affected?').waitFor()
    await palette.waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.keyboard.type('family:llama quantization:Q4_K_M')
    await page.keyboard.press('Enter')
    const radius = BlastRadius.parse(
      await paddockJson(dataFolder, 'blast-radius', 'family:llama', 'quantization:Q4_K_M'),
    )
    expect(radius.counts.instances).toBeGreaterThan(3)
    expect(radius.counts.unowned).toBe(radius.counts.instances)
    const result = page.getByRole('region', { name: 'Blast radius' })
    await result.getByRole('link', { name: `Show these ${radius.counts.instances} instances` }).waitFor()
    expect(await readText(result)).toContain(`Models ${radius.counts.models}`)
    expect(await readText(result.getByRole('table', { name: 'Owners' }))).toContain('nobody')
    await follow(/^Show these \d+ instances in the inventory$/)
    expect(page.url()).toContain('text=family')
    expect(console.now.complaints).toEqual([])
  })
})
