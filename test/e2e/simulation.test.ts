import { describe, expect, test } from 'vitest'
import { describeLab } from '#lab/lab.ts'
import { goTo, readText } from './handle.ts'
import { shareConsole } from './open-console.ts'

/** In 127.44.0.0/24: where the simulated organisation lives that the console itself starts. */
describe('a first look', () => {
  const console = shareConsole()

  test.each([
    ['Inventory', 'Nothing is known yet'],
    ['Ranges', 'No range is registered yet'],
    ['Scans', 'There is nothing to scan yet'],
  ] as const)('%s is empty, says why, and offers the simulated organisation', async (screen, title) => {
    const { page } = console.now
    await goTo(page, screen)
    const main = page.getByRole('main')
    await main.getByRole('heading', { name: title }).waitFor()
    expect(await main.getByRole('button', { name: 'Add range' }).count()).toBeGreaterThan(0)
    expect(await main.getByRole('button', { name: 'Try the simulated organisation' }).count()).toBe(1)
  })

  test('one click starts it, the next one scans it, and everybody in it is found', async () => {
    const { page } = console.now
    await page.getByRole('button', { name: 'Try the simulated organisation' }).click()
    const form = page.getByRole('complementary', { name: 'New scan' })
    await form.getByText(/^Up to 2\d\d targets/).waitFor()
    await form.getByRole('button', { name: 'Start scan' }).click()
    await page.getByText('Scan 1 has finished.').waitFor({ timeout: 60_000 })
    const there = describeLab().filter(each => each.kind === 'instance' && each.port === 11434)
    await goTo(page, 'Inventory')
    await page.getByText(`${there.length} instances`, { exact: true }).waitFor()
  })

  test('it is stopped in the settings; what was seen stays', async () => {
    const { page } = console.now
    await goTo(page, 'Settings')
    const part = page.getByRole('region', { name: 'Simulated organisation' })
    expect(await readText(part)).toMatch(/running.*127\.44\.0\.0\/24/)
    await part.getByRole('button', { name: 'Stop the simulation' }).click()
    await part.getByText('not running').waitFor()
    await goTo(page, 'Inventory')
    await page.getByText(/^\d\d instances$/).waitFor()
    expect(console.now.complaints).toEqual([])
  })
})
