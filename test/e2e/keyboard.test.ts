import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import { readText, register, scanAll } from './handle.ts'
import { shareConsole } from './open-console.ts'

describe('without a mouse', () => {
  const console = shareConsole()
  let lab: Lab

  beforeAll(async () => {
    lab = await startLab({ base: '127.80.2.0/24' })
  })
  afterAll(() => lab?.stop())

  const focusedAddress = (page: Page) =>
    page.evaluate(() => {
      const row = document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')
      return (
        document.querySelector(`[aria-rowindex="${row}"] [col-id="address"]`)?.textContent?.trim() ?? null
      )
    })
  const heading = (page: Page) => readText(page.getByRole('heading', { level: 1 }))
  const drawer = (page: Page) => page.getByRole('complementary', { name: /^Instance / })
  const isTyping = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Filter the inventory')

  test('the console is filled', async () => {
    await register(console.now, lab.blocks[0] ?? '', { exclusions: lab.excluded })
    await scanAll(console.now)
    await console.now.page.getByText(/^\d\d instances$/).waitFor()
  })

  test('/ goes to the filter, which narrows the list while one types; Esc empties it', async () => {
    const { page } = console.now
    const all = await readText(page.getByText(/^\d\d instances$/))
    await page.keyboard.press('/')
    expect(await isTyping(page)).toBe(true)
    await page.keyboard.type('vllm')
    await page.getByText(/^\d of \d\d$/).waitFor()
    const products = page.getByRole('gridcell', { name: /^vLLM/ })
    await products.first().waitFor()
    expect(page.url()).toContain('text=vllm')
    await page.keyboard.type(' nowhere')
    await page.getByText('No instance matches “vllm nowhere”').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(all, { exact: true }).waitFor()
    expect(page.url()).not.toContain('text=')
  })

  test('j and k move through the rows, Enter opens, the drawer follows, Esc closes and gives the place back', async () => {
    const { page } = console.now
    await page.waitForTimeout(500) // rows of the last filter are on their way out
    await page.keyboard.press('Enter')
    expect(await isTyping(page)).toBe(false)
    const first = await focusedAddress(page)
    await page.keyboard.press('j')
    const second = await focusedAddress(page)
    expect(new Set([first, second, null]).size).toBe(3)
    await page.keyboard.press('k')
    expect(await focusedAddress(page)).toBe(first)
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: `Instance ${first}` }).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('complementary', { name: `Instance ${second}` }).waitFor()
    await page.keyboard.press('ArrowUp')
    await page.getByRole('complementary', { name: `Instance ${first}` }).waitFor()
    expect(await drawer(page).count()).toBe(1)
    await page.keyboard.press('Escape')
    await drawer(page).waitFor({ state: 'detached' })
    expect(await focusedAddress(page)).toBe(first)
  })

  test('back and forward lead through what was open', async () => {
    const { page } = console.now
    await page.keyboard.press('Enter')
    await drawer(page).waitFor()
    const address = page.url()
    await page.goBack()
    await drawer(page).waitFor({ state: 'detached' })
    await page.goForward()
    await drawer(page).waitFor()
    expect(page.url()).toBe(address)
    await page.keyboard.press('Escape')
  })

  test('g and a letter go to every screen, ? shows all keys', async () => {
    const { page } = console.now
    for (const [key, name] of [
      ['r', 'Ranges'],
      ['s', 'Scans'],
      [',', 'Settings'],
      ['i', 'Inventory'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await expect.poll(() => heading(page)).toBe(name)
    }
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard' })
    await sheet.getByText('Go to the settings').waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  })

  test('Ctrl K finds screens, actions, instances and links, from wherever one types', async () => {
    const { page } = console.now
    await page.keyboard.press('/')
    const palette = page.getByRole('dialog')
    const choose = async (text: string) => {
      await palette.waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await palette.getByRole('textbox').waitFor()
      await page.keyboard.type(text)
    }
    await choose('sett')
    await page.keyboard.press('Enter')
    await expect.poll(() => heading(page)).toBe('Settings')
    const [one] = lab.truth().filter(({ kind, port }) => kind === 'instance' && port === 11434)
    await choose(`${one?.address}:11434`)
    await palette.getByRole('button', { name: `${one?.address}:11434` }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: `Instance ${one?.address}:11434` }).waitFor()
    await choose('paddock://ranges/new')
    await palette.getByText('Open paddock://ranges/new').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Add range' }).waitFor()
    await choose('zzz')
    await palette.getByText('Nothing is called “zzz”.').waitFor()
    await page.keyboard.press('Escape')
  })

  test('a form is filled in, and the focus always shows', async () => {
    const { page } = console.now
    const form = page.getByRole('complementary', { name: 'Add range' })
    await form.getByLabel('Address range').focus()
    const seen: string[] = []
    for (let step = 0; step < 14; step++) {
      seen.push(
        await page.evaluate(() => {
          const focused = document.activeElement as HTMLElement
          const { outlineStyle, outlineWidth, borderColor, boxShadow } = getComputedStyle(focused)
          const hasOutline = outlineStyle !== 'none' && outlineWidth !== '0px'
          const look = () => JSON.stringify([getComputedStyle(focused.parentElement ?? focused).borderColor])
          const before = [borderColor, boxShadow, look()].join()
          focused.blur()
          const after = getComputedStyle(focused)
          const changes = before !== [after.borderColor, after.boxShadow, look()].join()
          focused.focus()
          const name =
            focused.getAttribute('aria-label') ?? (focused as HTMLInputElement).labels?.[0]?.textContent
          return hasOutline || changes ? 'shows' : `hidden: ${focused.tagName} ${name ?? focused.textContent}`
        }),
      )
      await page.keyboard.press('Tab')
    }
    expect(seen.filter(each => each !== 'shows')).toEqual([])
  })

  test('the page met no error on the way', () => {
    expect(console.now.complaints).toEqual([])
  })
})
