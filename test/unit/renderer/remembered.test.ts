import { describe, expect, it } from 'vitest'
import { createGridLayout } from '../../../src/renderer/state/grid-layout.ts'
import { createPreferences } from '../../../src/renderer/state/preferences.ts'
import type { Memory } from '../../../src/renderer/state/remembered.ts'

function memory(kept: Record<string, string> = {}): Memory {
  const map = new Map(Object.entries(kept))
  return { getItem: key => map.get(key) ?? null, setItem: (key, value) => void map.set(key, value) }
}

describe('what a person prefers', () => {
  it('is found again at the next start', () => {
    const kept = memory()
    createPreferences(kept, 'en').setState({ theme: 'dark', language: 'de', drawerWidth: 700 })
    expect(createPreferences(kept, 'en').getState()).toEqual({
      theme: 'dark',
      language: 'de',
      density: 'compact',
      railCollapsed: false,
      drawerWidth: 700,
    })
  })

  it('begins with the language of the system', () => {
    expect(createPreferences(memory(), 'de').getState()).toMatchObject({ language: 'de', theme: 'system' })
  })

  it.each(['', 'null', '[]', '{', '{"theme":"pink"}', '{"theme":"dark"}', '"dark"', '{"__proto__":{"x":1}}'])(
    'and was spoilt to %s is forgotten',
    text => {
      const state = createPreferences(memory({ 'paddock.preferences': text }), 'en').getState()
      expect(state).toMatchObject({ theme: 'system', language: 'en', drawerWidth: 640 })
    },
  )

  it('of one grid is kept apart from that of another', () => {
    const kept = memory()
    createGridLayout(kept, 'inventory').setState({ hidden: { zone: true } })
    expect(createGridLayout(kept, 'models').getState().hidden).toEqual({})
    expect(createGridLayout(kept, 'inventory').getState().hidden).toEqual({ zone: true })
  })
})
