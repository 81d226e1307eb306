import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { inOrder } from '../../../src/renderer/components/grid-layout.ts'
import { createGridSource, type GridPage } from '../../../src/renderer/components/grid-source.ts'

const columns = ['risk', 'address', 'product', 'version'].map(id => ({ id }))
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id)

describe('columns in the order of a person', () => {
  it('are as they come where nobody moved any', () => {
    expect(inOrder(columns, [])).toEqual(columns)
  })

  it('stand as they were put', () => {
    expect(ids(inOrder(columns, ['version', 'risk', 'product', 'address']))).toEqual([
      ...['version', 'risk', 'product', 'address'],
    ])
  })

  it('a new one stands behind the one it comes after by itself', () => {
    expect(ids(inOrder(columns, ['product', 'risk', 'version']))).toEqual([
      ...['product', 'risk', 'address', 'version'],
    ])
  })

  it('never lose or double one, whatever was remembered', () => {
    const remembered = fc.uniqueArray(fc.constantFrom('risk', 'address', 'product', 'version', 'gone', 'x'))
    fc.assert(
      fc.property(remembered, order => {
        const shown = ids(inOrder(columns, order))
        expect([...shown].sort()).toEqual(ids(columns).sort())
        const known: string[] = order.filter(id => ids(columns).includes(id))
        expect(shown.filter(id => known.includes(id))).toEqual(known)
      }),
    )
  })
})

describe('the source of a grid', () => {
  const wanted = () => ({ startRow: 100, endRow: 200, successCallback: vi.fn(), failCallback: vi.fn() })
  const settle = () => new Promise(resolve => setTimeout(resolve))

  it('asks for just the rows that are wanted and says how many there are', async () => {
    const load = vi.fn(async () => ({ rows: ['a'], total: 101 }))
    const onPage = vi.fn()
    const block = wanted()
    createGridSource(load, onPage).getRows(block)
    await settle()
    expect(load).toHaveBeenCalledWith(100, 100, expect.any(AbortSignal))
    expect(block.successCallback).toHaveBeenCalledWith(['a'], 101)
    expect(onPage).toHaveBeenCalledWith({ rows: ['a'], total: 101 })
  })

  it.each([
    ['could not be had', async () => null],
    ['met a bug', () => Promise.reject(new Error('bug'))],
  ])('says so where rows %s', async (_, load) => {
    const block = wanted()
    createGridSource(load, () => {}).getRows(block)
    await settle()
    expect(block.failCallback).toHaveBeenCalledOnce()
    expect(block.successCallback).not.toHaveBeenCalled()
  })

  it('given up, tells nobody anything any more', async () => {
    const pages = [1, 2].map(() => Promise.withResolvers<GridPage<string> | null>())
    let signal: AbortSignal | null = null
    let next = 0
    const onPage = vi.fn()
    const source = createGridSource<string>((_, __, given) => {
      signal = given
      return pages[next++]?.promise ?? Promise.resolve(null)
    }, onPage)
    const blocks = [wanted(), wanted()]
    for (const block of blocks) source.getRows(block)
    source.destroy()
    expect(signal).toMatchObject({ aborted: true })
    pages[0]?.resolve({ rows: ['late'], total: 1 })
    pages[1]?.reject(new Error('aborted'))
    await settle()
    for (const { successCallback, failCallback } of blocks) {
      expect(successCallback).not.toHaveBeenCalled()
      expect(failCallback).not.toHaveBeenCalled()
    }
    expect(onPage).not.toHaveBeenCalled()
  })
})
