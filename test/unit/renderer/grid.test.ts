import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOrder } from '../../../src/renderer/components/grid-layout.ts'

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
