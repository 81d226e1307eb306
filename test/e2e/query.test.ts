import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electronPath, needElectron } from '../shell/electron.ts'
import { fillFolder } from '../support/fill-folder.ts'
import { type Console, newDataFolder, openConsole, removeFolder } from './open-console.ts'

let console: Console
const dataFolder = newDataFolder()

beforeAll(async () => {
  if (electronPath === undefined) return
  fillFolder(dataFolder, 400)
  console = await openConsole(dataFolder)
})
afterAll(async () => {
  if (electronPath === undefined) return
  await console.close()
  removeFolder(dataFolder)
})

const input = () => console.page.getByRole('textbox', { name: 'Filter the inventory' })
const total = async (query: string) => {
  const page = await console.call('inventory.page', { query, limit: 0 })
  return page.ok ? page.value.total : -1
}
const counted = (text: string) => console.page.getByText(text, { exact: true }).waitFor()

describe('the query bar', { timeout: 60_000 }, () => {
  needElectron()

  it('completes a field and its value by keyboard, and the list follows', async () => {
    const { page } = console
    await counted('400 instances')
    await page.keyboard.press('/')
    await page.keyboard.type('acc')
    await page.getByRole('option', { name: 'access:' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'forbidden' }).waitFor()
    await page.keyboard.type('op')
    await page.getByRole('option', { name: 'open' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await input().inputValue()).toBe('access:open')
    await counted(`${await total('access:open')} of 400`)
  })

  it('marks a mistake where it is, and leaves the list as it was', async () => {
    const { page } = console
    await input().fill('access:open bogus:1')
    await page.getByText('There is no field "bogus".').waitFor()
    expect(await page.locator('mark').textContent()).toBe('bogus')
    expect(await input().getAttribute('aria-invalid')).toBe('true')
    await counted(`${await total('access:open')} of 400`)
    await input().press('Escape')
    await input().press('Escape')
    await counted('400 instances')
  })

  it('is written into by facets, whose counts are those of the list', async () => {
    const { page } = console
    await input().fill('access:open')
    await counted(`${await total('access:open')} of 400`)
    await page.getByRole('button', { name: 'Tool calling' }).click()
    const yes = page.getByRole('menuitemcheckbox', { name: /^yes/ })
    await yes.waitFor()
    const count = await total('access:open tools:yes')
    expect(await yes.textContent()).toBe(`yes${count}`)
    await yes.click()
    expect(await input().inputValue()).toBe('access:open tools:yes')
    await counted(`${count} of 400`)
    await page.getByRole('menuitemcheckbox', { name: /^yes/ }).click()
    expect(await input().inputValue()).toBe('access:open')
    await page.keyboard.press('Escape')
    expect(console.complaints).toEqual([])
  })
})
