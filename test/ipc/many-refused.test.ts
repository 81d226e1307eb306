import { expect, it } from 'vitest'
import { BulkResult } from '#shared/domain/ownership.ts'
import { runCommand } from '../support/command-line.ts'
import { fillFolder } from '../support/fill-folder.ts'
import { temporaryFolder } from '../support/temporary.ts'

it('a command about many ends as a refusal where all of it was refused, and tells a refusal of a part', async () => {
  const folder = temporaryFolder()
  fillFolder(folder, 12)
  const run = (...args: string[]) => runCommand(folder, ...args)
  expect(await run('owner', 'add', 'Ada', '--json')).toMatchObject({ code: 0 })

  const unknown = await run('assign', '--instance', '99998', '--instance', '99999', '--owner', '1', '--json')
  expect(unknown.code).toBe(2)
  expect(BulkResult.parse(JSON.parse(unknown.stdout))).toMatchObject({ assigned: 0, refused: 2 })
  expect(unknown.stderr).toMatch(/^error: All 2 were refused: nothing was changed\.\nnext: \S/)

  const partly = await run('assign', '--instance', '1', '--instance', '99999', '--owner', '1', '--json')
  expect(partly.code).toBe(0)
  expect(JSON.parse(partly.stdout)).toMatchObject({ assigned: 1, refused: 1 })
  expect(partly.stderr).toMatch(/^warning: 1 of 2 was refused and stays as it was/)

  // Nobody has to be named anew: that is what was asked for.
  expect(await run('assign', '--instance', '1', '--owner', '1')).toMatchObject({ code: 0, stderr: '' })
  // A query that finds nothing refuses nothing.
  expect(await run('assign', '--query', 'version:0.0.0', '--owner', '1')).toMatchObject({ code: 0 })

  const step = await run('ownership', 'accept', '--instance', '1', '--lang', 'de')
  expect(step.code).toBe(2)
  expect(step.stdout).toContain('niemand ist vorgeschlagen')
  expect(step.stderr).toMatch(/^error: Es wurde abgelehnt und nichts geändert\.\nnext: /)
  expect(await run('ownership', 'acknowledge', '--instance', '1')).toMatchObject({ code: 0 })

  const open = await run('finding', 'list', '--query', 'rule:unauthenticated', '--json')
  const ids = (JSON.parse(open.stdout) as { id: number }[]).slice(0, 2).map(({ id }) => String(id))
  expect(ids).toHaveLength(2)
  const moved = await run('finding', 'move', ...ids, 'reopen', '--json')
  expect(moved.code).toBe(2)
  expect(JSON.parse(moved.stdout)).toEqual({ moved: 0, refused: 2 })
  const [first = '', second = ''] = ids
  expect(await run('finding', 'move', first, 'start')).toMatchObject({ code: 0 })
  const half = await run('finding', 'move', first, second, 'start', '--json')
  expect(half).toMatchObject({ code: 0, stderr: expect.stringMatching(/^warning: 1 of 2 was refused/) })

  const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const terms = ['--reason', 'Demo', '--control', 'Lab only', '--expires', soon]
  const asked = await run('exception', 'request', '--finding', first, '--finding', second, ...terms)
  expect(asked).toMatchObject({ code: 0, stderr: '' })
  const again = await run('exception', 'request', '--finding', first, '--finding', second, ...terms, '--json')
  expect(again.code).toBe(2)
  expect(JSON.parse(again.stdout)).toEqual({ requested: 0, refused: 2, expiresOn: soon })
})
