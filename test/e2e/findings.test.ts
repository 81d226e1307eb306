import { describe, expect, test } from 'vitest'
import type { FindingPageRow } from '#shared/domain/finding-list.ts'
import { startHosts } from '../support/ollama-hosts.ts'
import { goTo, register, scanAll } from './handle.ts'
import { shareConsole } from './open-console.ts'

const base = '127.80.7.0/28'
const passphrase = 'correct horse battery'
const hosts = [
  { at: 1, version: '0.9.6', models: ['llama3.2:3b'] },
  { at: 2, version: '0.32.15', models: [] },
]

describe('from a finding to its end', () => {
  const console = shareConsole()
  const call = (...args: Parameters<typeof console.now.call>) => console.now.call(...args)
  const rowsOf = async (query: string): Promise<FindingPageRow[]> => {
    const page = await console.now.call('finding.page', { query, grouped: true })
    return page.ok ? page.value.rows : []
  }

  test('a scan opens findings; advisories of one instance are one row, and the rest is a click away', async () => {
    const { page } = console.now
    const running = await startHosts(base, hosts)
    try {
      await register(console.now, base)
      await scanAll(console.now)
    } finally {
      await running.stop()
    }
    await goTo(page, 'Findings')
    const size = await console.now.call('finding.page', { query: 'status:active', grouped: true })
    if (!size.ok) throw new Error(size.failure.code)
    expect(size.value.findings).toBeGreaterThan(size.value.total)
    await page.getByText(`${size.value.findings} findings in ${size.value.total} rows`).waitFor()
    const [advised] = await rowsOf('rule:version-affected')
    await page.getByText(`${advised?.count} advisories`).first().click()
    const drawer = page.getByRole('complementary', { name: /^Finding \d+$/ })
    await drawer.getByText('That is no proof', { exact: false }).waitFor()
    expect(
      await drawer
        .getByRole('table', { name: /^The same rule/ })
        .getByRole('row')
        .count(),
    ).toBe((advised?.count ?? 0) + 1)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
  })

  test('counts of a facet are those of the list it narrows', async () => {
    const { page } = console.now
    await page.getByRole('button', { name: 'Rule', exact: true }).click()
    const item = page.getByRole('menuitemcheckbox', { name: /^No TLS/ })
    await item.waitFor()
    const rows = await rowsOf('status:active rule:no-tls')
    expect(await item.textContent()).toBe(`No TLS${rows.length}`)
    await item.click()
    await page.getByText(`${rows.length} findings`, { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: 'Filter the findings' }).fill('status:active')
  })

  test('it is worked on by the steps there are, and looked at again', async () => {
    const { page } = console.now
    const [finding] = await rowsOf('rule:tools-unauthenticated')
    await page.evaluate(id => {
      location.hash = `#/findings/${id}`
    }, finding?.id)
    const drawer = page.getByRole('complementary', { name: /^Finding \d+$/ })
    await drawer.getByText('exposure.unauthenticated').first().waitFor()
    await drawer.getByRole('tab', { name: 'Docker' }).click()
    await drawer.getByText('Shows that it is done:').waitFor()
    await drawer.getByRole('button', { name: 'Start remediation' }).click()
    await drawer.getByText('Somebody is working on it.').waitFor()
    expect(await drawer.getByRole('button', { name: 'Start remediation' }).count()).toBe(0)
    const fixed = await startHosts(base, [{ at: 1, version: '0.9.6', models: ['llama3.2:3b'], login: true }])
    try {
      await drawer.getByRole('button', { name: 'Verify now' }).click()
      await drawer.getByText('Resolved.', { exact: false }).waitFor({ timeout: 30_000 })
    } finally {
      await fixed.stop()
    }
    await page.keyboard.press('Escape')
  })

  test('an exception is requested with all its terms, and only somebody else approves it', async () => {
    const { page } = console.now
    await call('actor.add', { name: 'Grace', role: 'approver', passphrase })
    const [finding] = await rowsOf('status:active rule:no-tls address:127.80.7.2')
    await page.evaluate(id => {
      location.hash = `#/findings/${id}`
    }, finding?.id)
    await page.getByRole('complementary', { name: /^Finding \d+$/ }).waitFor()
    await page.keyboard.press('e')
    const form = page.getByRole('dialog', { name: 'Request an exception' })
    await form.getByRole('button', { name: 'Request' }).click()
    await form.getByText('An exception always ends: give its last day.').waitFor()
    await form.getByLabel('Reason').fill('The certificate comes in spring')
    await form.getByLabel('Compensating control').fill('Reached over the VPN only')
    await form.getByLabel('Until').fill('2099-03-31')
    await form.getByRole('button', { name: 'Request' }).click()
    const drawer = page.getByRole('complementary', { name: /^Exception \d+$/ })
    await drawer.getByText('Waits for the decision', { exact: false }).waitFor()

    await drawer.getByRole('button', { name: 'Approve' }).click()
    const dialog = page.getByRole('dialog', { name: 'Approve the exception' })
    await dialog.getByRole('combobox', { name: 'Who decides' }).click()
    await page.getByRole('option', { name: /Grace/ }).click()
    await dialog.getByLabel('Passphrase', { exact: true }).fill('something else entirely')
    await dialog.getByRole('button', { name: 'Approve' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await dialog.getByRole('button', { name: 'Approve' }).click()
    await drawer.getByText('In force.', { exact: false }).waitFor()
    const [excepted] = await rowsOf('rule:no-tls address:127.80.7.2')
    expect(excepted).toMatchObject({ status: 'excepted', dueAt: null })
    const register = await console.now.call('exception.list', {})
    expect(register).toMatchObject({ value: [{ status: 'approved', decidedBy: 'Grace' }] })
  })

  test('rows are chosen one by one or all at once, and the same is done with all of them', async () => {
    const { page } = console.now
    const query = 'status:active rule:unauthenticated,no-tls,new-unacknowledged'
    await goTo(page, 'Findings')
    await page.getByText('Findings', { exact: true }).last().click()
    await page.getByRole('textbox', { name: 'Filter the findings' }).fill(query)
    const rows = await rowsOf(query)
    await page.getByText(`${rows.length} findings`, { exact: true }).waitFor()
    const boxes = page.getByRole('checkbox', { name: 'Choose the finding' })
    await boxes.nth(0).click()
    await boxes.nth(1).click()
    const bar = page.getByRole('region', { name: 'What is chosen' })
    await bar.getByText('2 rows chosen').waitFor()
    // Whoever ticks a box means the box, and not the row.
    expect(await page.getByRole('complementary').count()).toBe(0)
    await bar.getByRole('button', { name: 'Take a step' }).click()
    await page.getByRole('menuitem', { name: 'Start remediation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Do it for 2 findings' }).click()
    await page.getByText('2 moved, 0 left as they were.').waitFor()
    await bar.waitFor({ state: 'detached' })
    expect(await rowsOf('status:in-remediation')).toHaveLength(2)

    await page.getByRole('checkbox', { name: 'Choose all findings of the query' }).click()
    await boxes.nth(0).click()
    await bar.getByText('All rows but 1 of').waitFor()
    await bar.getByRole('button', { name: 'Request exception' }).click()
    const form = page.getByRole('dialog', { name: 'Request an exception' })
    await form.getByText(`${rows.length - 1} findings are open`, { exact: false }).waitFor()
    await form.getByLabel('Reason').fill('The proxy is ordered')
    await form.getByLabel('Compensating control').fill('The segment is closed')
    await form.getByLabel('Until').fill('2099-06-30')
    await form.getByRole('button', { name: 'Request' }).click()
    await page.getByText(`To be decided ${rows.length - 1}`).waitFor()
    const register = await console.now.call('exception.list', {})
    const asked = register.ok ? register.value.filter(({ status }) => status === 'requested') : []
    expect(asked).toHaveLength(rows.length - 1)
  })

  test('a rule is written with its facts offered, its mistakes marked, and what it would say', async () => {
    const { page } = console.now
    await goTo(page, 'Policies')
    await page.getByRole('link', { name: 'No TLS' }).click()
    const shown = page.getByRole('complementary', { name: 'Rule no-tls' })
    await shown.getByText(/^Fires on 2 of 2 now/).waitFor()
    await shown.getByRole('button', { name: 'Copy as own rule' }).click()
    const editor = page.getByRole('complementary', { name: /^New rule/ })
    const condition = editor.getByLabel('Broken when')
    await condition.fill('exposure.plainTextt')
    await editor.getByText(/^Character \d+:/).waitFor()
    expect(await editor.locator('mark').textContent()).toContain('plainTextt')
    await condition.fill('exposure.plainText && ')
    await condition.press('End')
    await condition.pressSequentially('zon')
    await page.getByRole('option', { name: /^zone/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await condition.press('End')
    await condition.pressSequentially(" == 'dmz'")
    await editor.getByText(/^Fires on 0 of 2 now/).waitFor()
    await condition.fill('exposure.plainText && presence.lastSeenDays < 1')
    await editor.getByText(/^Fires on 2 of 2 now, unknown on 0, and \d+ times since/).waitFor()
    await editor.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('complementary', { name: 'Rule own-no-tls' }).getByText('As it came').waitFor()
    await expect.poll(async () => (await rowsOf('rule:own-no-tls')).length, { timeout: 10_000 }).toBe(2)
  })

  test('to whom it applies, its parameters and what to do about it are written with it', async () => {
    const { page } = console.now
    const shown = page.getByRole('complementary', { name: 'Rule own-no-tls' })
    await shown.getByRole('button', { name: 'Edit' }).click()
    const editor = page.getByRole('complementary', { name: /^Edit rule/ })
    await editor.getByLabel('Applies where').fill('version.atLeest(params.value1)')
    await editor.getByText(/^Character \d+:/).waitFor()
    expect(await editor.locator('mark').textContent()).toContain('atLeest')
    await editor.getByRole('button', { name: 'Add a parameter' }).click()
    await editor.getByLabel('Name', { exact: true }).fill('oldest')
    await editor.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'text' }).click()
    await editor.getByLabel('Value', { exact: true }).fill('0.35.0')
    await editor.getByLabel('Applies where').fill('version.atLeast(params.oldest)')
    await editor.getByText(/^Fires on 0 of 2 now, unknown on 1/).waitFor()
    await editor.getByRole('button', { name: 'Add a remedy for' }).click()
    await page.getByRole('menuitem', { name: 'Docker' }).click()
    const remedy = editor.getByRole('group', { name: 'Docker' })
    await remedy.getByLabel('What to do, in English').fill('Publish the port on loopback only')
    await remedy
      .getByLabel('Commands')
      .fill('docker rm -f ai\ndocker run -d -p 127.0.0.1:11434:11434 ollama/ollama')
    await remedy.getByLabel('Command that verifies it').fill('docker port ai')
    await editor.getByRole('button', { name: 'Save' }).click()
    // The parameter is in the condition, and what it is set to is beside it.
    await shown.getByLabel('Parameter oldest').fill('0.30.0')
    await shown.getByRole('button', { name: 'Save' }).click()
    await shown.getByText(/^Fires on 1 of 2 now, unknown on 1/).waitFor()
    await shown.getByRole('tab', { name: 'Docker' }).click()
    await shown.getByText('docker port ai').waitFor()
    expect(await call('policy.show', { key: 'own-no-tls' })).toMatchObject({
      value: {
        scope: 'version.atLeast(params.oldest)',
        params: { oldest: '0.30.0' },
        remedies: { docker: { what: { de: 'Publish the port on loopback only' }, verify: 'docker port ai' } },
      },
    })
    expect(console.now.complaints).toEqual([])
  })
})
