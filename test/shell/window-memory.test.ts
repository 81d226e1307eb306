import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { placeOn, recall, remember } from '#main/shell/window-memory.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-window-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the window remembers', () => {
  const memory = {
    bounds: { x: 10, y: 20, width: 1200, height: 800 },
    isMaximized: true,
    appearance: { theme: 'dark', background: '#101010' },
  } as const

  test('what it was given, in a folder of its own', () => {
    const path = join(folder, 'console', 'window.json')
    remember(path, memory)
    expect(recall(path)).toEqual(memory)
    expect(readdirSync(join(folder, 'console'))).toEqual(['window.json'])
  })

  test.each(['', '{', '[]', '{"bounds":"wide"}'])('nothing from a file that holds %j', text => {
    const path = join(folder, 'window.json')
    writeFileSync(path, text)
    expect(recall(path)).toEqual({ bounds: null, isMaximized: false, appearance: null })
  })
})

describe('the window opens where it was', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1080 }
  const right = { x: 1920, y: 0, width: 1920, height: 1080 }

  test.each([
    [{ x: 100, y: 100, width: 1200, height: 800 }, [left], { x: 100, y: 100, width: 1200, height: 800 }],
    [
      { x: 2000, y: 100, width: 1200, height: 800 },
      [left, right],
      { x: 2000, y: 100, width: 1200, height: 800 },
    ],
    // the second display is gone
    [{ x: 2000, y: 100, width: 1200, height: 800 }, [left], null],
    [{ x: 1900, y: 1000, width: 1200, height: 800 }, [left], null],
    // from before the least size grew
    [{ x: 0, y: 0, width: 300, height: 200 }, [left], { x: 0, y: 0, width: 1024, height: 700 }],
    [null, [left], null],
  ])('%o', (bounds, displays, place) => {
    expect(placeOn(displays, bounds)).toEqual(place)
  })
})
