import { expectTypeOf, test } from 'vitest'
import type * as shell from '#main/shell/bridge.ts'
import type * as page from '../../src/renderer/client.ts'

test('the page and the shell mean the same bridge', () => {
  // both ways: a member that one of them lacks fails in one of the two
  expectTypeOf<page.Bridge>().toExtend<shell.Bridge>()
  expectTypeOf<shell.Bridge>().toExtend<page.Bridge>()
  expectTypeOf<shell.BackendStatus>().toEqualTypeOf<page.BackendStatus>()
})
