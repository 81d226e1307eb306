import { describe, expect, test } from 'vitest'
import { shareConsole } from './open-console.ts'

describe('the window shows Paddock and nothing else', () => {
  const console = shareConsole()
  const home = 'app://paddock/index.html'

  test.each([
    'https://example.org/',
    'http://127.0.0.1:11434/',
    'file:///etc/passwd',
    'data:text/html,<h1>other</h1>',
    'javascript:document.body.remove()',
  ])('it does not go to %s', async address => {
    const { page, app } = console.now
    await page.evaluate(to => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
      link.target = '_blank'
      link.click()
      link.remove()
      try {
        location.assign(to)
      } catch {}
    }, address)
    await page.waitForTimeout(200)
    expect(page.url().split('#')[0]).toBe(home)
    expect(app.windows()).toHaveLength(1)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  })

  test('it opens no other window, asks no server and embeds no page', async () => {
    const { page, app } = console.now
    expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull()
    const asked = await page.evaluate(async () => {
      const attempts = ['https://example.org/', 'http://127.0.0.1:11434/api/tags'].map(address =>
        fetch(address),
      )
      return (await Promise.allSettled(attempts)).map(({ status }) => status)
    })
    expect(asked).toEqual(['rejected', 'rejected'])
    await page.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = 'https://example.org/'
      document.body.append(frame)
    })
    await page.waitForTimeout(200)
    expect(page.frames().map(frame => frame.url())).not.toContain('https://example.org/')
    expect(app.windows()).toHaveLength(1)
  })

  test('it runs no script that was written into it, and has no way to the system', async () => {
    const { page } = console.now
    const found = await page.evaluate(() => {
      const holder = document.createElement('div')
      holder.innerHTML =
        '<img src=x onerror="globalThis.ran = 1"><a onclick="globalThis.ran = 1" id="probe">x</a>'
      document.body.append(holder)
      document.getElementById('probe')?.click()
      const script = document.createElement('script')
      script.textContent = 'globalThis.ran = 1'
      holder.append(script)
      holder.remove()
      const names = ['ran', 'require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron']
      return names.filter(name => name in globalThis)
    })
    expect(found).toEqual([])
  })
})
