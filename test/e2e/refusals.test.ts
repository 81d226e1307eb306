import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import { fillRange, goTo, readText, register } from './handle.ts'
import { shareConsole } from './open-console.ts'

describe('a refusal says what is wrong and what to do, and nothing is sent', () => {
  const console = shareConsole()
  let lab: Lab
  const contacts = () => lab.connections.length

  beforeAll(async () => {
    lab = await startLab({ base: '127.80.3.0/24' })
  })
  afterAll(() => lab?.stop())

  async function openForm() {
    const { page } = console.now
    await goTo(page, 'Ranges')
    await page.getByRole('main').getByRole('button', { name: 'Add range' }).first().click()
  }

  test.each([
    ['10.0.0.0/33', '"10.0.0.0/33" is not an address range. Write a network (10.0.0.0/24)'],
    ['intranet', '"intranet" is not an address range.'],
    [
      '127.80.3.5/24',
      'has host bits set. Write 127.80.3.0/24 for the whole network, or 127.80.3.5 for the one',
    ],
    ['127.80.3.9-127.80.3.1', 'ends before it begins. Write the lower address first.'],
    ['0.0.0.0/0', '0.0.0.0/0 is every address there is.'],
    ['10.0.0.0/7', '10.0.0.0/7 holds 33,554,432 addresses; a range may hold'],
    ['224.0.0.0/24', 'holds multicast addresses, which belong to no host.'],
  ])('%s', async (block, words) => {
    const { page, call } = console.now
    await openForm()
    const form = await fillRange(page, { block })
    const field = form.getByLabel('Address range')
    await expect.poll(() => readText(form)).toContain(words)
    await form.getByRole('button', { name: 'Register range' }).click()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.evaluate(each => each === document.activeElement)).toBe(true)
    expect(await call('range.list', {})).toEqual({ ok: true, value: [] })
    await form.getByRole('button', { name: 'Cancel' }).click()
  })

  test('without who allowed it, where and until when', async () => {
    const { page } = console.now
    await openForm()
    const form = page.getByRole('complementary', { name: 'Add range' })
    await form.getByLabel('Valid until').fill('2027-02-30')
    await form.getByRole('button', { name: 'Register range' }).click()
    for (const words of [
      'Which addresses?',
      'At which site?',
      'Who authorised the scan?',
      'Where is that written down?',
      '"2027-02-30" is not a date.',
    ])
      await form.getByText(words).waitFor()
    await page.keyboard.press('Escape')
    await form.getByRole('button', { name: 'Cancel' }).click()
  })

  test('public addresses, until somebody states that they are the organisation’s own', async () => {
    const { page, call } = console.now
    await openForm()
    const form = await fillRange(page, { block: '192.0.2.0/28' })
    await form.getByText('can be reached from the whole internet').waitFor()
    await form.getByRole('button', { name: 'Register range' }).click()
    await form.getByText('Without this statement they are not registered.').waitFor()
    expect(await call('range.list', {})).toEqual({ ok: true, value: [] })
    await form.getByRole('checkbox', { name: 'My organisation owns these addresses' }).check()
    await form.getByRole('button', { name: 'Register range' }).click()
    await form.waitFor({ state: 'detached' })
    const row = page.getByRole('row', { name: '192.0.2.0/28' })
    expect(await readText(row)).toContain('public')
    await row.getByRole('link').click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove range' }).click()
    await row.waitFor({ state: 'detached' })
  })

  test('an exclusion that protects nobody', async () => {
    const { page } = console.now
    await openForm()
    const form = await fillRange(page, { block: '127.80.3.0/24', exclusions: ['127.80.4.0/28'] })
    await form.getByText('has no address in common with 127.80.3.0/24: it would protect nobody.').waitFor()
    await form.getByRole('button', { name: 'Register range' }).click()
    await form.getByRole('button', { name: 'Drop the exclusion 127.80.4.0/28' }).click()
    await form.getByRole('button', { name: 'Register range' }).click()
    await form.waitFor({ state: 'detached' })
  })

  test('the same range once more, said by the backend and shown at its field', async () => {
    const { page } = console.now
    await openForm()
    const form = await fillRange(page, { block: '127.80.3.0/24' })
    await form.getByRole('button', { name: 'Register range' }).click()
    await form.getByText('127.80.3.0/24 is registered already at site Plant 7').waitFor()
    expect(await readText(form)).not.toContain('paddock range')
    await form.getByRole('button', { name: 'Cancel' }).click()
  })

  test('a scan of what was never authorised', async () => {
    const { call } = console.now
    const id = (await call('range.list', {})) as { value: { id: number }[] }
    await call('range.remove', { id: id.value[0]?.id as never })
    expect(await call('scan.start', {})).toMatchObject({ failure: { code: 'nothing-to-scan' } })
    expect(await call('scan.start', { ranges: ['127.80.3.0/24'] })).toMatchObject({
      failure: { code: 'scope-outside' },
    })
    expect(contacts()).toBe(0)
  })

  test('a scan of what is authorised no more', async () => {
    const { page, call } = console.now
    await register(console.now, '127.80.3.0/24', { validUntil: '2026-01-31' })
    await goTo(page, 'Ranges')
    await page.getByRole('row', { name: '127.80.3.0/24' }).getByText('expired').waitFor()
    await goTo(page, 'Scans')
    await page.getByRole('main').getByRole('button', { name: 'Start scan' }).first().click()
    const form = page.getByRole('complementary', { name: 'New scan' })
    await form.getByText('authorisation expired on 31 Jan 2026').waitFor()
    await form.getByRole('button', { name: 'Start scan' }).click()
    const refusal = form.getByRole('alert')
    await refusal
      .getByText('The authorisation to scan 127.80.3.0/24 ended on 31 Jan 2026. Nothing was sent.')
      .waitFor()
    expect(await readText(refusal)).not.toContain('paddock')
    expect(await call('scan.list', {})).toEqual({ ok: true, value: [] })
    await form.getByRole('button', { name: 'Cancel' }).click()
  })

  test('and the simulated organisation has not heard of any of it', () => {
    expect(contacts()).toBe(0)
    expect(lab.requests).toEqual([])
    expect(console.now.complaints).toEqual([])
  })
})
