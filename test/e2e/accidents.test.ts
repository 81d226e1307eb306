import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import type { ScanReport } from '#shared/domain/scan.ts'
import { electronPath, lack } from '../shell/electron.ts'
import { isAlive } from '../shell/link-cases.ts'
import { goTo, readTable, readText, register, scanAll, startScan } from './handle.ts'
import { type Console, newDataFolder, openConsole, removeFolder } from './open-console.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
const numberIn = (text: string | undefined) => Number(text?.replace(/\D/g, ''))

/** Targets, and the outcomes they must add up to. */
function outcomes({ coverage: { targets, excluded: _, ...rest } }: ScanReport) {
  return { targets, added: sum(Object.values(rest)) }
}

describe('when something dies', () => {
  const dataFolder = newDataFolder()
  let lab: Lab
  let console: Console
  let before: unknown

  const scans = async (): Promise<readonly ScanReport[]> => {
    const list = await console.call('scan.list', {})
    return list.ok ? list.value : []
  }
  const inventory = () => console.call('inventory.list', {})

  beforeEach(context => {
    if (electronPath === undefined) context.skip(lack)
  })
  beforeAll(async () => {
    if (electronPath === undefined) return
    lab = await startLab({ base: '127.80.4.0/24' })
    console = await openConsole(dataFolder)
  })
  afterAll(async () => {
    await console?.close()
    await lab?.stop()
    removeFolder(dataFolder)
  })

  test('what another program does to the same data shows in the window', async () => {
    const { page } = console
    await goTo(page, 'Ranges')
    const node = process.env['PADDOCK_NODE'] ?? process.execPath
    const entry = resolve(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js')
    const add = ['range', 'add', lab.blocks[0] ?? '', '--site', 'Plant 7', '--exclude', lab.excluded[0] ?? '']
    const authorised = ['--authorised-by', 'Ada', '--reference', 'CHG-1', '--data', dataFolder]
    const done = spawnSync(node, [entry, ...add, ...authorised], { encoding: 'utf8' })
    expect(done.status, done.stderr).toBe(0)
    await page.getByRole('row', { name: '127.80.4.0/24' }).waitFor({ timeout: 3000 })
    await scanAll(console)
    before = await inventory()
  })

  test('a scan is stopped: at once, and its coverage adds up', async () => {
    const { page } = console
    await register(console, '127.80.64.0/18', { site: 'Warehouse' })
    await startScan(page, 'gentle', '127.80.64.0/18')
    const running = page.getByRole('region', { name: 'Scan 2' })
    await running.getByText(/^[1-9][\d,]* of 16,384$/).waitFor()
    const asked = performance.now()
    await running.getByRole('button', { name: 'Stop scan' }).click()
    await page.getByText('Scan 2 ended before its time.').waitFor()
    expect(performance.now() - asked).toBeLessThan(3000)
    await page.getByRole('table', { name: 'Scans' }).getByRole('link', { name: '2', exact: true }).click()
    const drawer = page.getByRole('complementary', { name: 'Scan 2' })
    expect(await readText(drawer)).toMatch(
      /stopped.*Ended early: stopped by a person\. [\d,]+ targets were not reached/,
    )
    const rows = await readTable(drawer.getByRole('table', { name: 'Coverage' }))
    const counts = rows.slice(1).map(cells => numberIn(cells[2]))
    expect(counts.pop()).toBe(16_384)
    expect(sum(counts)).toBe(16_384)
    expect(counts.filter(count => count > 0)).toHaveLength(2) // refused, not reached
    await drawer.getByRole('button', { name: 'Close' }).click()
  })

  test('a scan is paused and resumed', async () => {
    const { page } = console
    await startScan(page, 'gentle', '127.80.64.0/18')
    const running = page.getByRole('region', { name: 'Scan 3' })
    await running.getByRole('button', { name: 'Pause' }).click()
    await running.getByRole('button', { name: 'Resume' }).waitFor()
    await page.waitForTimeout(1000) // what is on its way comes back
    const visited = await readText(running.getByText(/ of 16,384$/))
    await page.waitForTimeout(1200)
    expect(await readText(running.getByText(/ of 16,384$/))).toBe(visited)
    await running.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(() => readText(running.getByText(/ of 16,384$/)), { timeout: 5000 }).not.toBe(visited)
  })

  test('the backend is killed in the middle of it: the window says so, starts it again, and nothing is lost', async () => {
    const { page } = console
    const pid = console.backendPid()
    process.kill(pid, 'SIGKILL')
    const banner = page.getByRole('alert').filter({ hasText: 'was started again' })
    await banner.waitFor({ timeout: 8000 })
    expect(await readText(banner)).toContain(
      'Everything recorded is safe. A scan that was running has stopped',
    )
    expect(console.backendPid()).not.toBe(pid)
    expect(isAlive(pid)).toBe(false)
    expect(await inventory()).toEqual(before)
    const [last] = await scans()
    expect(last?.scan).toMatchObject({ id: 3, status: 'stopped', reason: 'interrupted' })
    expect(last && outcomes(last)).toEqual({ targets: 16_384, added: 16_384 })
    expect(last?.coverage.refused).toBeGreaterThan(0)
    await banner.getByRole('button', { name: 'Show scans' }).click()
    const row = page.getByRole('table', { name: 'Scans' }).getByRole('row').nth(1)
    await expect.poll(() => readText(row)).toMatch(/^3 stopped/)
    await banner.getByRole('button', { name: 'Close' }).click()
    await banner.waitFor({ state: 'detached' })
  })

  test('the window is killed in the middle of a scan: the backend ends, and the next start knows all', async () => {
    await startScan(console.page, 'gentle', '127.80.64.0/18')
    await console.page
      .getByRole('region', { name: 'Scan 4' })
      .getByText(/^[1-9][\d,]* of 16,384$/)
      .waitFor()
    const pid = console.backendPid()
    console.app.process().kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 1500, interval: 20 }).toBe(false)
    console = await openConsole(dataFolder)
    expect(await inventory()).toEqual(before)
    const [last] = await scans()
    expect(last?.scan).toMatchObject({ id: 4, status: 'stopped' })
    expect(last && outcomes(last)).toEqual({ targets: 16_384, added: 16_384 })
  })
})
