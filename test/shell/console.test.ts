import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bridge } from '#main/shell/bridge.ts'
import { electronEnvironment, electronFlags, electronPath, launchElectron, needElectron } from './electron.ts'
import { isAlive } from './link-cases.ts'

/** In the page; what it may pass to the fixture backend is wider than the contract. */
declare const bridge: Bridge & { call(channel: string, input: unknown, ticket?: number): Promise<unknown> }
declare const heard: unknown[]
declare const violations: string[]

const root = resolve(import.meta.dirname, '..', '..')
const labels = Object.fromEntries(
  ['file', 'quit', 'edit', 'undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'view', 'zoomIn', 'zoomOut']
    .concat(['actualSize', 'fullScreen', 'window', 'minimize', 'close'])
    .map(name => [name, `«${name}»`]),
)

/** The built console with a backend and a page of its own: what is tested here is what lies between them. */
function prepareProject(): string {
  const project = mkdtempSync(join(tmpdir(), 'paddock-console-'))
  const fixtures = join(import.meta.dirname, 'fixtures')
  for (const part of ['out/main', 'out/preload', 'package.json']) {
    cpSync(join(root, part), join(project, part), { recursive: true })
  }
  cpSync(join(fixtures, 'backend.js'), join(project, 'out/main/backend.js'))
  cpSync(join(fixtures, 'page'), join(project, 'out/renderer'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  return project
}

describe('the shell in the real Electron', () => {
  needElectron()
  let project: string
  let app: ElectronApplication
  let page: Page

  const args = () => [...electronFlags, project, '--data', join(project, 'data')]
  const launch = async () => {
    app = await launchElectron([project, '--data', join(project, 'data')])
    page = await app.firstWindow()
    await page.waitForFunction(() => heard.includes('ready'))
  }
  const ask = (input: unknown) => page.evaluate(value => bridge.call('site.list', value), input)

  beforeAll(async () => {
    if (electronPath === undefined) return
    project = prepareProject()
    await launch()
  })
  afterAll(async () => {
    await app?.close()
    if (project) rmSync(project, { recursive: true, force: true })
  })

  test('relays calls: values, failures as values, bugs as errors', async () => {
    const data = join(project, 'data')
    expect(await ask({ do: 'echo', n: 1 })).toEqual({
      ok: true,
      value: { channel: 'site.list', input: { do: 'echo', n: 1 }, args: ['--data', data] },
    })
    expect(await ask({ do: 'fail' })).toEqual({
      ok: false,
      failure: { code: 'range-public', details: { block: '8.8.8.0/24' } },
    })
    await expect(ask({ do: 'bug' })).rejects.toThrow('a bug')
  })

  test('knows no channel and no event outside the contract', async () => {
    await expect(page.evaluate(() => bridge.call('store.drop', {}))).rejects.toThrow(
      'no such channel: store.drop',
    )
    await expect(page.evaluate(() => bridge.onEvent('secret' as 'backend', () => {}))).rejects.toThrow(
      'no such event',
    )
  })

  test('passes events of the contract, drops others and malformed ones', async () => {
    await ask({ do: 'event', name: 'data.changed', value: { version: 'x' } })
    await ask({ do: 'event', name: 'unheard-of', value: 1 })
    await ask({ do: 'garbage' })
    await ask({ do: 'event', name: 'data.changed', value: { version: 42 } })
    expect(await page.evaluate(() => heard.filter(word => word !== 'ready'))).toEqual([42])
  })

  test('cancels a call', async () => {
    const outcome = page.evaluate(() => {
      const call = bridge.call('inventory.page', { do: 'silence' }, 5)
      bridge.cancel(5)
      return call.catch(String)
    })
    expect(await outcome).toContain('cancelled')
  })

  test('gives the page nothing but the bridge', async () => {
    const globals = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
        name => name in globalThis,
      ),
    )
    expect(globals).toEqual([])
    expect(await page.evaluate(() => Object.keys(bridge).sort())).toEqual(
      [
        ...['call', 'cancel', 'onEvent', 'pathOf', 'restartBackend', 'setAppearance'],
        ...['saveText', 'choosePath', 'openReport'],
      ].sort(),
    )
  })

  test('sandboxes the page, isolated from its preload', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return (
        contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    })
    expect(preferences['sandbox']).toBe(true)
  })

  test('blocks inline script and style, except style with the nonce of this load', async () => {
    expect(await page.evaluate(() => 'inlineRan' in globalThis)).toBe(false)
    const widths = await page.evaluate(() => {
      const widthWith = (nonce: string) => {
        const style = document.createElement('style')
        style.nonce = nonce
        style.textContent = 'body { width: 123px }'
        document.head.append(style)
        const width = getComputedStyle(document.body).width
        style.remove()
        return width
      }
      const nonce = document.documentElement.dataset['nonce'] ?? ''
      return {
        meta: document.querySelector('meta[name=csp-nonce]')?.getAttribute('content') === nonce,
        right: widthWith(nonce),
        wrong: widthWith('guess'),
      }
    })
    expect(widths).toMatchObject({ meta: true, right: '123px' })
    expect(widths.wrong).not.toBe('123px')
    expect(await page.evaluate(() => violations)).toContain('style-src-elem')
  })

  test('makes a fresh nonce for each load', async () => {
    const nonce = () => page.evaluate(() => document.documentElement.dataset['nonce'])
    const first = await nonce()
    await page.reload()
    await page.waitForFunction(() => heard.includes('ready'))
    expect(await nonce()).toMatch(/^[\w+/]{22}==$/)
    expect(await nonce()).not.toBe(first)
  })

  test('loads nothing from outside, even past the policy', async () => {
    const fetched = await app.evaluate(async ({ session, net }, address) => {
      const attempts = [() => session.defaultSession.fetch(address), () => net.fetch(address)]
      return Promise.all(attempts.map(attempt => attempt().then(() => 'loaded', String)))
    }, 'http://127.0.0.1:9/')
    expect(fetched.join()).toMatch(/ERR_BLOCKED_BY_CLIENT.*ERR_BLOCKED_BY_CLIENT/)
    expect(await page.evaluate(() => fetch('https://example.org/').catch(String))).toContain(
      'Failed to fetch',
    )
  })

  test('opens no window, follows no link, embeds nothing', async () => {
    expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull()
    await page.click('#out')
    await page.evaluate(() => {
      location.href = 'https://example.org/'
      const frame = document.createElement('iframe')
      frame.src = 'https://example.org/'
      document.body.append(frame)
    })
    await page.waitForTimeout(300)
    expect(page.url()).toBe('app://paddock/index.html')
    expect(app.windows()).toHaveLength(1)
  })

  test('grants no permission but copying', async () => {
    const states = await page.evaluate(() =>
      Promise.all(
        ['geolocation', 'notifications', 'camera', 'clipboard-read'].map(async name => {
          const status = await navigator.permissions.query({ name: name as PermissionName })
          return status.state
        }),
      ),
    )
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
    expect(await page.evaluate(() => navigator.clipboard.readText().catch(() => 'refused'))).toBe('refused')
  })

  test('answers nobody but the main frame of our window', async () => {
    const word = await app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
        await stranger.loadURL('app://paddock/index.html')
        const answer = await stranger.webContents.executeJavaScript(
          "bridge.call('site.list', { do: 'pid' }).catch(String)",
        )
        stranger.destroy()
        return answer
      },
      join(project, 'out/preload/preload.cjs'),
    )
    expect(word).toContain('not our page')
  })

  test('shows the menu in the words of the page, and dresses the window', async () => {
    expect(await app.evaluate(({ Menu }) => Menu.getApplicationMenu() === null)).toBe(true)
    await page.evaluate(
      menu => bridge.setAppearance({ theme: 'dark', background: '#102030', menu: menu as never }),
      labels,
    )
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches)
    const shown = await app.evaluate(({ Menu, BrowserWindow }) => ({
      labels: Menu.getApplicationMenu()?.items.map(item => item.label),
      background: BrowserWindow.getAllWindows()[0]?.getBackgroundColor(),
    }))
    expect(shown).toEqual({ labels: ['«file»', '«edit»', '«view»', '«window»'], background: '#102030' })
  })

  test('says that the backend died, starts it again, gives up the second time, starts anew when asked', async () => {
    await page.evaluate(() => heard.splice(0))
    expect(await ask({ do: 'crash' })).toEqual({ ok: false, failure: { code: 'backend-gone', details: {} } })
    await page.waitForFunction(() => heard.at(-1) === 'restarted')
    expect(await ask({ do: 'pid' })).toMatchObject({ ok: true })
    expect(await ask({ do: 'crash' })).toMatchObject({ ok: false, failure: { code: 'backend-gone' } })
    await page.waitForFunction(() => heard.at(-1) === 'failed')
    expect(await ask({ do: 'pid' })).toMatchObject({ ok: false, failure: { code: 'backend-gone' } })
    await page.evaluate(() => bridge.restartBackend())
    await page.waitForFunction(() => heard.at(-1) === 'ready')
    expect(await page.evaluate(() => heard)).toEqual(['starting', 'restarted', 'failed', 'starting', 'ready'])
  })

  test('is one console a data folder: a second start brings the first to the front and ends', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    const second = spawn(electronPath ?? '', args(), { stdio: 'ignore', env: electronEnvironment() })
    expect(await once(second, 'exit')).toEqual([0, null])
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
      .toBe(false)
  })

  test('closes in order: the backend is gone, the place of the window is remembered', async () => {
    const { value: pid } = (await ask({ do: 'pid' })) as { value: number }
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1100, height: 750 }),
    )
    await app.close()
    expect(isAlive(pid)).toBe(false)
    const memory = JSON.parse(readFileSync(join(project, 'data/console/window.json'), 'utf8'))
    expect(memory.appearance).toEqual({ theme: 'dark', background: '#102030' })
    expect(statSync(join(project, 'data')).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700)

    await launch()
    const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
    expect(bounds).toEqual(memory.bounds)
    expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
  })

  test('killed, it leaves no backend behind for more than a second', async () => {
    const { value: pid } = (await ask({ do: 'pid' })) as { value: number }
    app.process().kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 1000, interval: 20 }).toBe(false)
  })
})
