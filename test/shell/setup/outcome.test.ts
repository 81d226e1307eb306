import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'

const module = pathToFileURL(resolve(import.meta.dirname, '../../../scripts/checks/outcome.js')).href

function conclude(...outcomes: { passed?: number; failed?: number; skipped?: number; notes?: string[] }[]) {
  const full = outcomes.map(outcome => ({ passed: 0, failed: 0, skipped: 0, notes: [], ...outcome }))
  const program = `
    import { conclude, sum } from '${module}'
    process.exitCode = conclude(sum(${JSON.stringify(full)}))`
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  return { status, stdout }
}

describe('the last line', () => {
  test('counts over all steps', () => {
    expect(conclude({ passed: 3 }, { passed: 40 })).toEqual({ status: 0, stdout: '43 passed, 0 failed\n' })
  })
  test('fails when anything failed', () => {
    expect(conclude({ passed: 3 }, { failed: 1, notes: ['failed: lint'] })).toEqual({
      status: 1,
      stdout: 'failed: lint\n3 passed, 1 failed\n',
    })
  })
  test('fails when nothing ran', () => {
    expect(conclude()).toEqual({ status: 1, stdout: '0 passed, 0 failed\n' })
    expect(conclude({ skipped: 2, notes: ['skipped: no display'] })).toMatchObject({ status: 1 })
  })
  test('has what was skipped, and why, above it, each once', () => {
    expect(
      conclude({ passed: 1, skipped: 2, notes: ['skipped: no display', 'skipped: no display'] }).stdout,
    ).toBe('skipped: no display\n1 passed, 0 failed, 2 skipped\n')
  })
})
