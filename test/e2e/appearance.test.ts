import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { colours } from '../../src/renderer/theme/tokens.ts'
import { electronPath, lack } from '../shell/electron.ts'
import { wordsOf } from '../support/locale-files.ts'
import { register, type Screen, startScan } from './handle.ts'
import { type Console, newDataFolder, openConsole, removeFolder } from './open-console.ts'

const english = wordsOf('en', 'console')
const german = wordsOf('de', 'console')
const germanTexts = new Set(german.values())
const keyOf = new Map([...english].map(([key, text]) => [text, key]))
const screens: readonly (readonly [Screen, string])[] = [
  ['Inventory', 'inventory'],
  ['Models', 'models'],
  ['Ranges', 'ranges'],
  ['Scans', 'scans'],
  ['Settings', 'settings'],
]

/** Everything that can be read on the page, or is read out, without what it knows from the data. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: (string | null)[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement?.checkVisibility() === true) texts.push(node.textContent)
    for (const element of document.querySelectorAll('[aria-label], [placeholder]'))
      texts.push(element.getAttribute('aria-label'), element.getAttribute('placeholder'))
    return texts.flatMap(text => (text === null || text.trim() === '' ? [] : [text.trim()]))
  })
}

describe('how it looks and speaks', () => {
  const dataFolder = newDataFolder()
  let console: Console

  beforeEach(context => {
    if (electronPath === undefined) context.skip(lack)
  })
  beforeAll(async () => {
    if (electronPath === undefined) return
    console = await openConsole(dataFolder)
    await register(console, '127.80.128.0/18')
    await startScan(console.page, 'gentle')
  })
  afterAll(async () => {
    await console?.close()
    removeFolder(dataFolder)
  })

  const show = (hash: string) =>
    console.page.evaluate(to => {
      location.hash = `#/${to}`
    }, hash)
  const isScanning = () => console.page.getByRole('progressbar').first().waitFor()

  test('the language changes while a scan runs: every word, on every screen, and the menu', async () => {
    const { page, app } = console
    const before = new Map<string, string[]>()
    await isScanning()
    for (const [, hash] of screens) {
      await show(hash)
      await page.waitForTimeout(300)
      before.set(hash, await textsOf(page))
    }
    await page.getByText('Deutsch', { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor()
    for (const [, hash] of screens) {
      await show(hash)
      await page.waitForTimeout(300)
      const now = new Set(await textsOf(page))
      const keys = [...new Set(before.get(hash)?.flatMap(text => keyOf.get(text) ?? []))]
      expect(keys.length, hash).toBeGreaterThan(10)
      const untranslated = keys.filter(key => !now.has(String(german.get(key))))
      expect(untranslated, hash).toEqual([])
      const leftInEnglish = [...now].filter(text => keyOf.has(text) && !germanTexts.has(text))
      expect(leftInEnglish, hash).toEqual([])
    }
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    const menu = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(item => item.label))
    expect(menu).toContain(german.get('menu.edit'))
    await isScanning()
  })

  test.each(['dark', 'light'] as const)(
    'the theme changes to %s: the page, the grid and the window',
    async theme => {
      const { page, app } = console
      await show('settings')
      await page.getByText(theme === 'dark' ? 'Dunkel' : 'Hell', { exact: true }).click()
      await show('inventory')
      const ground = () =>
        page.evaluate(() => {
          const seen = (element: Element | null) =>
            element === null ? '' : getComputedStyle(element).getPropertyValue('--p-surface').trim()
          return [seen(document.body), seen(document.querySelector('[role=grid], [role=treegrid]'))]
        })
      const { surface } = colours[theme].ground
      await expect.poll(ground).toEqual([surface, surface])
      const window = await app.evaluate(({ nativeTheme, BrowserWindow }) => [
        nativeTheme.themeSource,
        BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase(),
      ])
      expect(window).toEqual([theme, surface])
    },
  )

  test('whose data it is stands at the top, and in every request that is sent', async () => {
    const { page, call } = console
    await show('settings')
    await page.getByLabel(String(german.get('settings.organisation'))).fill('Example & <b>Partners</b>')
    await page.getByLabel(String(german.get('settings.contact'))).fill('security@example.org')
    await page.getByRole('button', { name: String(german.get('save')) }).click()
    await page.getByRole('banner').getByText('Example & <b>Partners</b>', { exact: true }).waitFor()
    expect(await call('settings.show', {})).toMatchObject({ value: { contact: 'security@example.org' } })
    await expect.poll(() => page.title()).toContain('Example & <b>Partners</b>')
  })

  test('how long history is kept is set here, and less of it only after a word of warning', async () => {
    const { page, call } = console
    const word = (key: string) =>
      new RegExp(String(wordsOf('de', 'history').get(`setup.${key}`)).replace(/\{\{.*\}\}/, '90'))
    await show('settings')
    const part = page.getByRole('region', { name: word('title') })
    await part.getByLabel(word('keepDays')).fill('90')
    await part.getByRole('button', { name: String(german.get('save')) }).click()
    expect(await call('history.settings', {})).toMatchObject({ value: { keepDays: null } })
    await page
      .getByRole('dialog')
      .getByRole('button', { name: word('shorter_other') })
      .click()
    await expect.poll(() => call('history.settings', {})).toMatchObject({ value: { keepDays: 90 } })
    await part.getByRole('button', { name: word('purge') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: word('purge') })
      .click()
    await page.getByRole('status').getByText(word('nothingPurged')).waitFor()
  })

  test('all of it is so again at the next start', async () => {
    const size = { width: 1180, height: 760 }
    await console.app.evaluate(({ BrowserWindow }, to) => {
      BrowserWindow.getAllWindows()[0]?.setSize(to.width, to.height)
    }, size)
    expect(console.complaints).toEqual([])
    await console.close()
    console = await openConsole(dataFolder)
    const { page } = console
    await page.getByRole('heading', { level: 1, name: 'Inventar' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset['mantineColorScheme'])).toBe('light')
    expect(await page.evaluate(() => [outerWidth, outerHeight])).toEqual([size.width, size.height])
    expect(console.complaints).toEqual([])
  })
})
