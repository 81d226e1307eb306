import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createGridSource, type GridPage } from '../../../src/renderer/components/grid-source.ts'

const blockSize = 100
const settle = () => new Promise(resolve => setTimeout(resolve))
const pageAt = (start: number): GridPage<number> => ({
  rows: Array.from({ length: blockSize }, (_, index) => start + index),
  total: 100_000,
})

interface Asked {
  readonly start: number
  readonly signal: AbortSignal
  answer(page: GridPage<number> | null): void
}

/** A source whose questions are answered by the test, and a clock it turns. */
function watched() {
  const asked: Asked[] = []
  const waiting: { at: number; act: () => void }[] = []
  let time = 1_000_000
  const onPage = vi.fn()
  const source = createGridSource<number>({
    load: (start, _, signal) =>
      new Promise(answer => {
        asked.push({ start, signal, answer })
      }),
    blockSize,
    onPage,
    now: () => time,
    after: (ms, act) => waiting.push({ at: time + ms, act }),
  })
  const block = (start: number) => {
    const wanted = {
      startRow: start,
      endRow: start + blockSize,
      successCallback: vi.fn(),
      failCallback: vi.fn(),
    }
    source.getRows(wanted)
    return wanted
  }
  return {
    source,
    asked,
    onPage,
    block,
    open: () => asked.filter(({ signal }) => !signal.aborted).map(({ start }) => start),
    async answer(start: number) {
      asked.findLast(each => each.start === start && !each.signal.aborted)?.answer(pageAt(start))
      await settle()
    },
    pass(ms: number) {
      time += ms
      for (const each of waiting.splice(0)) each.at <= time ? each.act() : waiting.push(each)
    },
  }
}

/** The first page is there and rows 0 to 40 are on show. */
async function begun() {
  const all = watched()
  all.block(0)
  await all.answer(0)
  return all
}

describe('what a grid is fed', () => {
  it('is the page it wants, with how many rows there are', async () => {
    const { block, answer, onPage } = watched()
    const first = block(0)
    await answer(0)
    expect(first.successCallback).toHaveBeenCalledWith(pageAt(0).rows, 100_000)
    expect(onPage).toHaveBeenCalledWith(pageAt(0))
  })

  it('in whatever order answers come, each page is given to the block it was asked for', async () => {
    const order = fc.shuffledSubarray([500, 600], { minLength: 2 })
    await fc.assert(
      fc.asyncProperty(order, async answers => {
        const { source, block, answer } = await begun()
        source.look({ first: 580, last: 620 })
        const blocks = [500, 600].map(start => [start, block(start)] as const)
        for (const start of answers) await answer(start)
        for (const [start, { successCallback }] of blocks)
          expect(successCallback.mock.calls).toEqual([[pageAt(start).rows, 100_000]])
      }),
    )
  })
})

describe('pages ahead', () => {
  it('the next one is asked for once nothing else is to be done, and given without asking again', async () => {
    const { asked, block, answer } = await begun()
    expect(asked.map(({ start }) => start)).toEqual([0, 100])
    await answer(100)
    const next = block(100)
    expect(next.successCallback).toHaveBeenCalledWith(pageAt(100).rows, 100_000)
    expect(asked.filter(({ start }) => start === 100)).toHaveLength(1)
  })

  it('lie in the direction of the scroll', async () => {
    const { source, block, answer, asked } = await begun()
    source.look({ first: 5010, last: 5050 })
    block(5000)
    await answer(5000)
    expect(asked.at(-1)?.start).toBe(5100)
    await answer(5100)
    source.look({ first: 5005, last: 5045 })
    expect(asked.at(-1)?.start).toBe(4900)
  })

  it('end where the list ends', async () => {
    const { source, block, answer, asked } = await begun()
    source.look({ first: 99_950, last: 99_999 })
    block(99_900)
    await answer(99_900)
    expect(asked.at(-1)?.start).toBe(99_900)
  })

  it('are thrown away when everything is asked anew', async () => {
    const { source, block, answer, open } = await begun()
    await answer(100)
    source.forget()
    const again = block(100)
    source.look({ first: 100, last: 140 })
    expect(again.successCallback).not.toHaveBeenCalled()
    expect(open().at(-1)).toBe(100)
  })

  it('one that could not be had is asked for again once it is wanted', async () => {
    const { source, asked, block, open } = await begun()
    asked.at(-1)?.answer(null)
    await settle()
    source.look({ first: 90, last: 130 })
    const wanted = block(100)
    expect(wanted.failCallback).not.toHaveBeenCalled()
    expect(open().filter(start => start === 100)).toHaveLength(2)
  })
})

describe('of what a scroll passes', () => {
  it('what has left the screen is given up for what is on it now, and asked for when it is back', async () => {
    const { source, asked, block, answer, open, pass } = await begun()
    await answer(100)
    source.look({ first: 5000, last: 5040 })
    const passed = block(5000)
    const dropped = asked.at(-1)
    expect(dropped?.start).toBe(5000)
    pass(200)
    source.look({ first: 5200, last: 5240 })
    const shown = block(5200)
    expect(dropped?.signal.aborted).toBe(true)
    dropped?.answer(pageAt(5000))
    await answer(5200)
    expect(shown.successCallback).toHaveBeenCalledOnce()
    expect(passed.successCallback).not.toHaveBeenCalled()
    expect(passed.failCallback).not.toHaveBeenCalled()

    pass(200)
    source.look({ first: 5020, last: 5060 })
    expect(open().at(-1)).toBe(5000)
    await answer(5000)
    expect(passed.successCallback).toHaveBeenCalledOnce()
  })

  it('nothing is asked while the scroll hurries, and the place it comes to rest at is', async () => {
    const { source, asked, block, answer, pass } = await begun()
    await answer(100)
    for (const first of [2000, 4000, 6000, 8000]) {
      source.look({ first, last: first + 40 })
      block(first)
      pass(16)
    }
    expect(asked.map(({ start }) => start).filter(start => start > 2000)).toEqual([])
    pass(30)
    expect(asked.at(-1)?.start).toBe(8000)
    await answer(8000)
    expect(asked.map(({ start }) => start)).not.toContain(4000)
  })

  it('never are more than two questions on their way, and the latest is asked first', async () => {
    const { source, block, open, answer } = await begun()
    await answer(100)
    source.look({ first: 3090, last: 3310 })
    for (const start of [3000, 3100, 3200, 3300]) block(start)
    expect(open().filter(start => start >= 3000)).toEqual([3000, 3100])
    await answer(3000)
    expect(open().at(-1)).toBe(3300)
  })
})

describe('a source', () => {
  it.each([
    ['could not be had', (each: Asked) => each.answer(null)],
    ['met a bug', (each: Asked) => each.answer(Promise.reject(new Error('bug')) as never)],
  ])('says so where rows %s', async (_, fail) => {
    const { block, asked } = watched()
    const wanted = block(0)
    if (asked[0] !== undefined) fail(asked[0])
    await settle()
    expect(wanted.failCallback).toHaveBeenCalledOnce()
    expect(wanted.successCallback).not.toHaveBeenCalled()
  })

  it('that began has its first page before the grid wants it', async () => {
    const { source, asked, block, answer } = watched()
    const begins = source.begin()
    await answer(0)
    await begins
    expect(block(0).successCallback).toHaveBeenCalledOnce()
    expect(asked.filter(({ start }) => start === 0)).toHaveLength(1)
  })

  it('given up, tells nobody anything any more', async () => {
    const { source, block, asked, onPage } = watched()
    const wanted = block(0)
    source.destroy()
    expect(asked[0]?.signal.aborted).toBe(true)
    asked[0]?.answer(pageAt(0))
    await settle()
    expect(wanted.successCallback).not.toHaveBeenCalled()
    expect(wanted.failCallback).not.toHaveBeenCalled()
    expect(onPage).not.toHaveBeenCalled()
  })
})
