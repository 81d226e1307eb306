import { describe, expect, it } from 'vitest'
import { createGridSteps } from '../../../src/renderer/components/grid-steps.ts'

interface Row {
  readonly index: number
}

/** A grid that draws what it is told to, in frames that come when the test says so. */
function createGrid({ rowsPerFrame = 3, foldedPerFrame = 4 } = {}) {
  const frames: (() => void)[] = []
  const drawn: { whole: number[]; stubs: number[] }[] = []
  const state = { shown: [] as Row[], isInputWaiting: false, focused: -1 }
  const steps = createGridSteps<Row>({
    rowsPerFrame,
    foldedPerFrame,
    nextFrame: act => void frames.push(act),
    isInputWaiting: () => state.isInputWaiting,
    hasFocus: ({ index }) => index === state.focused,
    drawable: () => state.shown,
    draw: rows => drawn.push(split(rows)),
  })
  const split = (rows: readonly Row[]) => {
    const whole = rows.filter(row => steps.isWhole(row)).map(({ index }) => index)
    return { whole, stubs: rows.map(({ index }) => index).filter(index => !whole.includes(index)) }
  }
  return {
    steps,
    state,
    drawn,
    /** As many rows come into view at once, as when a page arrives. */
    show(count: number) {
      state.shown = Array.from({ length: count }, (_, index) => ({ index }))
      return split(state.shown)
    },
    async frame() {
      for (const act of frames.splice(0)) act()
      await Promise.resolve()
    },
    hasFrames: () => frames.length > 0,
  }
}

/** Frames until nothing more is to be drawn. */
async function untilQuiet(grid: ReturnType<typeof createGrid>): Promise<number> {
  let frames = 0
  for (; grid.hasFrames() && frames < 50; frames++) await grid.frame()
  return frames
}

describe('rows that come many at once', () => {
  it('have their cells a few in each frame, from the top, until all have', async () => {
    const grid = createGrid()
    expect(grid.show(8)).toEqual({ whole: [0, 1, 2], stubs: [3, 4, 5, 6, 7] })
    await grid.frame()
    await grid.frame()
    expect(grid.drawn).toEqual([
      { whole: [3, 4, 5], stubs: [] },
      { whole: [6, 7], stubs: [] },
    ])
    await untilQuiet(grid)
    expect(grid.drawn).toHaveLength(2)
  })

  it('wait while a key is waiting to be heard, and go on after it', async () => {
    const grid = createGrid()
    grid.show(8)
    grid.state.isInputWaiting = true
    for (let count = 0; count < 5; count++) await grid.frame()
    expect(grid.drawn).toEqual([])
    grid.state.isInputWaiting = false
    await untilQuiet(grid)
    expect(grid.drawn.flatMap(({ whole }) => whole)).toEqual([3, 4, 5, 6, 7])
  })

  it('come to an end when they are gone before their turn', async () => {
    const grid = createGrid()
    grid.show(8)
    grid.state.shown = []
    expect(await untilQuiet(grid)).toBe(1)
    expect(grid.drawn).toEqual([])
  })
})

describe('rows that come by ones and twos', () => {
  it('have their cells at once, frame after frame', async () => {
    const grid = createGrid()
    for (let first = 0; first < 12; first += 2) {
      const rows = [{ index: first }, { index: first + 1 }]
      grid.state.shown.push(...rows)
      expect(rows.every(row => grid.steps.isWhole(row))).toBe(true)
      await grid.frame()
    }
    expect(grid.drawn).toEqual([])
  })
})

describe('a row that somebody is at', () => {
  it('does not wait for its turn, and is drawn only once', async () => {
    const grid = createGrid()
    grid.show(8)
    const [last] = grid.state.shown.slice(-1)
    if (last === undefined) throw new Error('nothing is shown')
    expect(grid.steps.hurry(last)).toBe(true)
    expect(grid.steps.isWhole(last)).toBe(true)
    expect(grid.steps.hurry(last)).toBe(false)
    await untilQuiet(grid)
    expect(grid.drawn.flatMap(({ whole }) => whole)).toEqual([3, 4, 5, 6])
  })
})

describe('the row that has the focus', () => {
  it('has its cells at once, even while others make room', async () => {
    const grid = createGrid()
    grid.show(8)
    await untilQuiet(grid)
    const folded = grid.steps.fold()
    await untilQuiet(grid)
    await folded
    grid.state.focused = 7
    expect(grid.show(8)).toEqual({ whole: [7], stubs: [0, 1, 2, 3, 4, 5, 6] })
  })
})

describe('rows that left', () => {
  it('wait for their turn when they are back', async () => {
    const grid = createGrid()
    grid.show(8)
    await untilQuiet(grid)
    const shown = grid.state.shown
    grid.steps.keepOnly(({ index }) => index < 2)
    await grid.frame()
    expect(shown.map(row => grid.steps.isWhole(row))).toEqual([
      ...[true, true, true, true, true, false, false, false],
    ])
  })
})

describe('before other rows come', () => {
  it('cells are taken away a few rows in each frame, and none are given meanwhile', async () => {
    const grid = createGrid()
    grid.show(9)
    await untilQuiet(grid)
    grid.drawn.length = 0
    let isOver = false
    const folded = grid.steps.fold().then(() => {
      isOver = true
    })
    expect(isOver).toBe(false)
    await untilQuiet(grid)
    await folded
    expect(grid.drawn.map(({ whole }) => whole)).toEqual([[], [], []])
    expect(grid.drawn.map(({ stubs }) => stubs.length)).toEqual([4, 4, 1])
  })

  it('the row somebody is at keeps its cells', async () => {
    const grid = createGrid()
    grid.show(5)
    await untilQuiet(grid)
    grid.state.focused = 1
    const folded = grid.steps.fold()
    await untilQuiet(grid)
    await folded
    expect(grid.state.shown.filter(row => grid.steps.isWhole(row))).toEqual([{ index: 1 }])
  })

  it('is over at once where no row has cells', async () => {
    const grid = createGrid()
    await grid.steps.fold()
    expect(grid.drawn).toEqual([])
  })

  it('leaves rows as they were where no others come', async () => {
    const grid = createGrid()
    grid.show(5)
    await untilQuiet(grid)
    const folded = grid.steps.fold()
    await untilQuiet(grid)
    await folded
    grid.steps.unfold()
    await untilQuiet(grid)
    expect(grid.state.shown.every(row => grid.steps.isWhole(row))).toBe(true)
  })

  it('leaves the others their turns', async () => {
    const grid = createGrid()
    grid.show(3)
    const folded = grid.steps.fold()
    await untilQuiet(grid)
    await folded
    grid.show(8)
    grid.steps.unfold()
    await untilQuiet(grid)
    expect(grid.state.shown.every(row => grid.steps.isWhole(row))).toBe(true)
  })
})
