import { describe, expect, it, vi } from 'vitest'
import { createGridOutline } from '../../../src/renderer/components/grid-outline.ts'
import type { GridPage } from '../../../src/renderer/components/grid-source.ts'

const settle = () => new Promise(resolve => setTimeout(resolve))
const chunkAt = (start: number): GridPage<string> => ({
  rows: Array.from({ length: 10 }, (_, index) => `row ${start + index}`),
  total: 50,
})

function watched() {
  const asked: { start: number; signal: AbortSignal; answer: (page: GridPage<string> | null) => void }[] = []
  let isBusy = false
  const outline = createGridOutline<string>({
    load: (start, _, signal) =>
      new Promise(answer => {
        asked.push({ start, signal, answer })
      }),
    chunkSize: 10,
    mayAsk: () => !isBusy,
  })
  const setBusy = (busy: boolean) => {
    isBusy = busy
  }
  const answer = async () => {
    const last = asked.at(-1)
    last?.answer(chunkAt(last.start))
    await settle()
  }
  return { outline, asked, answer, setBusy }
}

describe('the outline of a list', () => {
  it('is asked for part by part: where somebody is, then where the scroll is going', async () => {
    const { outline, asked, answer } = watched()
    outline.go({ first: 22, last: 28 }, 50)
    for (let part = 0; part < 5; part++) await answer()
    expect(asked.map(({ start }) => start)).toEqual([20, 30, 40, 10, 0])
    expect(outline.at(0)).toBe('row 0')
    expect(outline.at(49)).toBe('row 49')
    await answer()
    expect(asked).toHaveLength(5)
  })

  it('upwards, what lies above comes first', async () => {
    const { outline, asked, answer } = watched()
    outline.go({ first: 24, last: 29 }, 50)
    outline.go({ first: 22, last: 27 }, 50)
    for (let part = 0; part < 5; part++) await answer()
    expect(asked.map(({ start }) => start)).toEqual([20, 10, 0, 30, 40])
  })

  it('waits while a page is on its way', async () => {
    const { outline, asked, setBusy } = watched()
    setBusy(true)
    outline.go({ first: 0, last: 5 }, 50)
    expect(asked).toEqual([])
    setBusy(false)
    outline.go({ first: 0, last: 5 }, 50)
    expect(asked).toHaveLength(1)
  })

  it('says nothing of rows it does not know, and tells once it does', async () => {
    const { outline, answer } = watched()
    const hear = vi.fn()
    outline.subscribe(hear)
    outline.go({ first: 0, last: 5 }, 50)
    expect(outline.at(3)).toBeUndefined()
    await answer()
    expect(hear).toHaveBeenCalledOnce()
    expect(outline.at(3)).toBe('row 3')
    expect(outline.at(13)).toBeUndefined()
  })

  it('of another list is another: what was asked for the one before is given up', async () => {
    const { outline, asked } = watched()
    outline.go({ first: 0, last: 5 }, 50)
    const before = asked[0]
    outline.reset()
    expect(before?.signal.aborted).toBe(true)
    outline.go({ first: 0, last: 5 }, 50)
    before?.answer(chunkAt(990))
    await settle()
    expect(outline.at(0)).toBeUndefined()
    asked[1]?.answer(chunkAt(0))
    await settle()
    expect(outline.at(0)).toBe('row 0')
  })

  it('that cannot be had is not asked for again and again', async () => {
    const { outline, asked } = watched()
    outline.go({ first: 0, last: 5 }, 50)
    asked[0]?.answer(null)
    await settle()
    outline.go({ first: 20, last: 25 }, 50)
    expect(asked).toHaveLength(1)
  })
})
