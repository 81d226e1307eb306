import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import { register, scanAll } from './handle.ts'
import { shareConsole } from './open-console.ts'

/** Each by its address, with what must have been drawn. */
const views = [
  ['the inventory', 'inventory', 'gridcell'],
  ['an instance', 'inventory/1', 'tab'],
  ['the models of an instance', 'inventory/1/models', 'tab'],
  ['the exposure of an instance', 'inventory/1/exposure', 'tab'],
  ['the evidence of an instance', 'inventory/1/evidence', 'tab'],
  ['the history of an instance', 'inventory/1/history', 'tab'],
  ['an inventory without a match', 'inventory?text=zzz', 'heading'],
  ['the ranges', 'ranges', 'table'],
  ['a new range', 'ranges/new', 'textbox'],
  ['a range', 'ranges/1', 'textbox'],
  ['the scans', 'scans', 'table'],
  ['a new scan', 'scans/new', 'radio'],
  ['a scan', 'scans/1', 'complementary'],
  ['the settings', 'settings', 'table'],
] as const

describe('for everybody', () => {
  const console = shareConsole()
  let lab: Lab

  beforeAll(async () => {
    lab = await startLab({ base: '127.80.5.0/24' })
  })
  afterAll(() => lab?.stop())

  async function breaches(part = 'body'): Promise<string[]> {
    const { page } = console.now
    // Electron can open no second page, which the check would otherwise use for putting its results together.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(part).analyze()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
      )
  }

  const show = (hash: string) =>
    console.now.page.evaluate(to => {
      location.hash = `#/${to}`
    }, hash)

  test('the console is filled', async () => {
    await register(console.now, lab.blocks[0] ?? '', { exclusions: lab.excluded })
    await register(console.now, '127.80.6.0/24', { validUntil: '2026-01-31' })
    await scanAll(console.now)
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`the ${theme} theme is chosen`, async () => {
      const { page } = console.now
      await show('settings')
      await page.getByText(theme === 'light' ? 'Light' : 'Dark', { exact: true }).click()
      await page.waitForFunction(to => document.documentElement.dataset['mantineColorScheme'] === to, theme)
    })

    test.each(views)(`%s in the ${theme} theme`, async (_, hash, role) => {
      const { page } = console.now
      await show(hash)
      await page.getByRole('main').getByRole(role).first().waitFor()
      await page.waitForTimeout(150)
      // the list beside an instance is the inventory's, and takes its time
      expect(await breaches(hash.startsWith('inventory/') ? 'aside' : 'body')).toEqual([])
    })

    test(`palette and list of keys in the ${theme} theme`, async () => {
      const { page } = console.now
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('textbox').waitFor()
      await page.waitForTimeout(200)
      expect(await breaches()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Keyboard' }).click()
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
      await page.waitForTimeout(300)
      expect(await breaches()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    })
  }

  test('nothing is cut off or overlaps sideways in the smallest window', async () => {
    const { page, app } = console.now
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700))
    await page.waitForFunction(() => innerWidth === 1024)
    for (const [name, hash, role] of views) {
      await show(hash)
      await page.getByRole('main').getByRole(role).first().waitFor()
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width, name).toBeLessThanOrEqual(1024)
    }
  })
})
