import { describe, expect, it } from 'vitest'
import { columnDef, type GridSort, showSort, sortOf } from '../../../src/renderer/components/grid-columns.tsx'

const cell = () => null
const columns = [
  { id: 'risk', head: 'Risk', width: 100, isSortable: true, isLevel: true, cell },
  { id: 'score', head: 'Score', width: 100, isSortable: true, highestFirst: true, cell },
  { id: 'address', head: 'Address', width: 100, isSortable: true, cell },
]

interface Shown {
  readonly colId: string
  readonly sort?: 'asc' | 'desc' | null
}

/** As much of a grid as remembers how it is sorted. */
function grid() {
  let state: Shown[] = []
  return {
    isDestroyed: () => false,
    getColumnState: () => columns.map(({ id }) => state.find(each => each.colId === id) ?? { colId: id }),
    applyColumnState: (change: { state: Shown[] }) => {
      state = change.state
      return true
    },
    click: (colId: string, sort: 'asc' | 'desc') => {
      state = [{ colId, sort }]
    },
  }
}

describe('the direction a grid shows', () => {
  it.each<[GridSort, 'asc' | 'desc']>([
    [{ column: 'risk', descending: false }, 'desc'], // critical before low: the order of levels begins with the highest
    [{ column: 'risk', descending: true }, 'asc'],
    [{ column: 'score', descending: true }, 'desc'],
    [{ column: 'address', descending: false }, 'asc'],
  ])('of %o is %s, and is read back as it was asked', (sort, shown) => {
    const api = grid()
    showSort(api, sort, columns)
    expect(api.getColumnState().find(({ colId }) => colId === sort.column)?.sort).toBe(shown)
    expect(sortOf(api, columns)).toEqual(sort)
  })

  it('a click on levels that shows the highest first asks for just that', () => {
    const api = grid()
    api.click('risk', 'desc')
    expect(sortOf(api, columns)).toEqual({ column: 'risk', descending: false })
  })

  it('the first click puts the highest first where people look for it, and the first name elsewhere', () => {
    const layout = { order: [], widths: {}, hidden: {} }
    const first = columns.map(column => columnDef(column, layout).sortingOrder[0])
    expect(first).toEqual(['desc', 'desc', 'asc'])
  })
})
