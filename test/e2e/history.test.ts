import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { labHost } from '#lab/host.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import type { OllamaHost } from '#lab/ollama/host.ts'
import { ollama } from '#lab/ollama/server.ts'
import { absent } from '#lab/truth.ts'
import { electronPath } from '../shell/electron.ts'
import { pulledFrom } from '../support/small-lab.ts'
import { goTo, readText, register } from './handle.ts'
import { shareConsole } from './open-console.ts'

const base = '127.81.4.0/24'
const holds = pulledFrom('2026-05-12T10:07:33.904718264+02:00', 'llama3.2:3b', 'qwen3:8b')

function startServers(servers: Readonly<Record<number, Partial<OllamaHost>>>): Promise<Lab> {
  const hosts = Object.entries(servers).map(([at, host]) =>
    labHost(
      Number(at),
      `Server ${at}`,
      ollama({ version: '0.12.6', holds: [], ...host }),
      absent('answered'),
    ),
  )
  return startLab({ base, hosts })
}

describe('what was, and what people make of it', () => {
  const console = shareConsole()
  const scan = async () => {
    const { page, call } = console.now
    expect(await call('scan.start', { rate: 5000 })).toMatchObject({ ok: true })
    for (let waits = 0; waits < 600; waits++) {
      const progress = await call('scan.progress', {})
      if (progress.ok && progress.value === null) break
      await page.waitForTimeout(100)
    }
    await page.waitForTimeout(700)
  }

  beforeAll(async () => {
    if (electronPath === undefined) return
    await register(console.now, base)
    const before = await startServers({ 3: { holds }, 4: {}, 5: {} })
    await scan()
    await before.stop()
    const after = await startServers({ 3: { holds: holds.slice(1), version: '0.24.0' }, 4: {}, 6: {} })
    await scan()
    await after.stop()
  })

  const part = (name: string) => console.now.page.getByRole('tab', { name: new RegExp(`^${name}`) })
  const cells = (text: string) => console.now.page.getByRole('gridcell', { name: text, exact: true })

  test('two scans chosen from the list stand side by side, each part with its count', async () => {
    const { page } = console.now
    await goTo(page, 'Scans')
    await page.getByRole('checkbox', { name: 'Choose scan 1 to compare' }).check()
    await page.getByRole('checkbox', { name: 'Choose scan 2 to compare' }).check()
    await page.getByRole('button', { name: 'Compare (2 of 2)' }).click()
    await page.getByRole('heading', { level: 1, name: 'Scan 1 and scan 2' }).waitFor()
    expect(await readText(part('New'))).toBe('New 1')
    expect(await readText(part('Changed'))).toBe('Changed 1')
    expect(await readText(part('Gone'))).toBe('Gone 1')
    expect(await readText(part('Not compared'))).toBe('Not compared 0')
    await part('Gone').click()
    await cells('127.81.4.5:11434').waitFor()
    await part('Back again').click()
    await page.getByText('No instance that was away before has come back.').waitFor()
    await part('Changed').click()
    await cells('0.24.0').waitFor()
    expect(await cells('0.12.6').count()).toBe(1)
    expect(await cells('Model llama3.2:3b').count()).toBe(1)
  })

  test('a line leads to the instance and its timeline, which names the scan that saw it', async () => {
    const { page } = console.now
    await cells('0.24.0').click()
    const drawer = page.getByRole('complementary', { name: 'Instance 127.81.4.3:11434' })
    const changed = drawer.getByRole('listitem').filter({ hasText: 'Model llama3.2:3b is gone' })
    await changed.waitFor()
    expect(await readText(changed)).toContain('Version: 0.12.6 → 0.24.0')
    expect(await readText(drawer)).toContain('intermittent: answered in 2 of 2 scans that covered it (100%)')
    await drawer
      .getByRole('group', { name: 'Show only' })
      .getByText(/^Models \d/)
      .click()
    expect(await changed.getByText('0.24.0').count()).toBe(0)
    await changed.getByRole('link', { name: 'seen in scan 2' }).click()
    await page.getByRole('complementary', { name: 'Scan 2' }).waitFor()
    await page.getByRole('button', { name: 'Compare with scan 1' }).click()
    await page.getByRole('heading', { level: 1, name: 'Scan 1 and scan 2' }).waitFor()
  })

  test('all rows of a query get a tag, which is taken back while it is on show', async () => {
    const { page, call } = console.now
    await goTo(page, 'Inventory')
    const input = page.getByRole('textbox', { name: 'Filter the inventory' })
    await input.fill('presence:present')
    await page.getByText('3 of 4', { exact: true }).waitFor()
    await page.getByRole('checkbox', { name: 'Choose all rows that match' }).click()
    const bar = page.getByRole('region', { name: 'What is chosen' })
    await bar.waitFor()
    await expect.poll(() => readText(bar)).toContain('All 3 matching presence:present')
    await bar.getByRole('button', { name: 'Add tag' }).click()
    await page.getByRole('combobox', { name: 'Tag' }).fill('pilot')
    await page.keyboard.press('Enter')
    await page.getByText('3 instances changed, 0 were so already.').waitFor()
    const tagged = async () => {
      const found = await call('inventory.page', { query: 'tag:pilot', limit: 0 })
      return found.ok ? found.value.total : -1
    }
    expect(await tagged()).toBe(3)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(tagged).toBe(0)
  })

  test('it is refused, with a way on, once the query finds other rows', async () => {
    const { page, call } = console.now
    const input = page.getByRole('textbox', { name: 'Filter the inventory' })
    await input.fill('tag:none')
    await page.getByText('4 instances', { exact: true }).waitFor()
    await page.getByRole('checkbox', { name: 'Choose all rows that match' }).click()
    const bar = page.getByRole('region', { name: 'What is chosen' })
    await bar.getByText('All 4 matching').waitFor()
    expect(await call('instance.tag', { instance: '127.81.4.4', add: ['seen'], remove: [] })).toMatchObject({
      ok: true,
    })
    await bar.getByRole('button', { name: 'Whose it is' }).click()
    await page.getByRole('menuitem', { name: 'ours', exact: true }).click()
    expect(await readText(bar.getByRole('alert'))).toMatch(/have changed.*4 then, 3 now\. Nothing was done\./)
    await bar.getByRole('button', { name: 'Look again and choose all' }).click()
    await bar.getByText('All 3 matching').waitFor()
  })

  test('chosen rows are saved as a file', async () => {
    const { page, app, dataFolder } = console.now
    const file = join(dataFolder, 'chosen.csv')
    await app.evaluate(({ BrowserWindow }, path) => {
      BrowserWindow.getAllWindows()[0]?.webContents.session.once('will-download', (_event, item) =>
        item.setSavePath(path),
      )
    }, file)
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const lines = () => {
      try {
        return readFileSync(file, 'utf8').trimEnd().split('\r\n').length
      } catch {
        return 0
      }
    }
    await expect.poll(lines).toBe(1 + 3)
    await page.keyboard.press('Escape')
  })

  test('a view keeps query and columns, and is opened by its name', async () => {
    const { page, call } = console.now
    const input = page.getByRole('textbox', { name: 'Filter the inventory' })
    await input.fill('version>=0.24')
    await page.getByText('1 of 4', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Host name' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('New ones')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'New ones' }).waitFor()
    const views = await call('view.list', {})
    expect(views).toMatchObject({ ok: true, value: [{ name: 'New ones', query: 'version>=0.24' }] })
    expect(views.ok && views.value[0]?.columns?.includes('hostName')).toBe(false)

    await input.fill('')
    await page.getByRole('button', { name: 'New ones (changed)' }).click()
    await page.getByRole('menuitem', { name: /^New ones/ }).click()
    await page.getByText('1 of 4', { exact: true }).waitFor()
    expect(await page.getByRole('columnheader', { name: 'Host name' }).count()).toBe(0)
    await page.getByRole('button', { name: 'New ones' }).click()
    await page.getByRole('menuitem', { name: 'Delete "New ones"' }).click()
    await page.getByText('View "New ones" is deleted.').waitFor()
    expect(await call('view.list', {})).toEqual({ ok: true, value: [] })
  })

  test('what people say of an instance is said in its drawer', async () => {
    const { page, call } = console.now
    const input = page.getByRole('textbox', { name: 'Filter the inventory' })
    await input.fill('address:127.81.4.6')
    await page.getByText('1 of 4', { exact: true }).waitFor()
    await cells('127.81.4.6:11434').click()
    const drawer = page.getByRole('complementary', { name: 'Instance 127.81.4.6:11434' })
    await drawer.getByRole('textbox', { name: 'Note' }).fill('Ask Grete.')
    await drawer.getByRole('button', { name: 'Save note' }).click()
    await page.getByText('Note saved.').waitFor()
    expect(await call('instance.annotations', { instance: '127.81.4.6' })).toMatchObject({
      value: { note: { text: 'Ask Grete.' } },
    })
    await drawer.getByRole('tab', { name: 'Identity' }).click()
    await drawer.getByRole('textbox', { name: 'Number or address of the other instance' }).fill('127.81.4.4')
    await drawer.getByRole('button', { name: 'Merge into this one' }).click()
    await page.getByText('The two are one instance now.').waitFor()
    // Which of its places leads, has changed: so has the name of the drawer.
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back.').waitFor()
    expect(console.now.complaints).toEqual([])
  })
})
