import { describe, expect, it } from 'vitest'
import {
  type AddressBar,
  browserAddressBar,
  createNavigation,
} from '../../../src/renderer/state/navigation.ts'
import { inventory, overview, ranges, scans, settings } from '../../../src/renderer/state/route.ts'

/** A browser's history in a list. */
function historyAt(address: string) {
  const entries = [address]
  let place = 0
  let tell = () => {}
  const bar: AddressBar = {
    read: () => entries[place] ?? '',
    push(next) {
      entries.splice(place + 1, entries.length, next)
      place += 1
    },
    replace(next) {
      entries[place] = next
    },
    onMoved(listener) {
      tell = listener
    },
  }
  const move = (by: number) => {
    place += by
    tell()
  }
  return { bar, entries, back: () => move(-1), forward: () => move(1) }
}

describe('navigation', () => {
  it('begins where the address says', () => {
    expect(createNavigation(historyAt('#/ranges/4').bar).store.getState()).toEqual({ ...ranges, range: 4 })
    expect(createNavigation(historyAt('').bar).store.getState()).toEqual(overview)
  })

  it('goes somewhere, back and forward again', () => {
    const history = historyAt('')
    const { store, go } = createNavigation(history.bar)
    go(ranges)
    go(settings)
    history.back()
    expect(store.getState()).toEqual(ranges)
    history.back()
    expect(store.getState()).toEqual(overview)
    history.forward()
    expect(store.getState()).toEqual(ranges)
    go(scans)
    expect(history.entries).toEqual(['', '#/ranges', '#/scans'])
  })

  it('does not pile up the place it is at', () => {
    const history = historyAt('#/inventory')
    const navigation = createNavigation(history.bar)
    navigation.go(inventory)
    navigation.go({ ...inventory, sort: { column: 'risk', descending: false } })
    expect(history.entries).toEqual(['#/inventory'])
  })

  it('does not pile up what is typed, nor the rows moved through', () => {
    const history = historyAt('')
    const { store, go, replace } = createNavigation(history.bar)
    go({ ...inventory, instance: 1 })
    replace({ ...inventory, instance: 2 })
    replace({ ...inventory, instance: 3, text: 'llama' })
    expect(history.entries).toEqual(['', '#/inventory/3?text=llama'])
    history.back()
    expect(store.getState()).toEqual(overview)
  })

  it('leaves nothing of one place behind at the next', () => {
    const { store, go } = createNavigation(historyAt('#/inventory/7/models?text=x').bar)
    go(settings)
    expect(store.getState()).toEqual({ screen: 'settings' })
  })

  it('hears the browser, whichever way it moves', () => {
    const target = new EventTarget()
    const pushed: unknown[] = []
    const page = {
      location: { hash: '#/scans' },
      history: {
        pushState: (...args: unknown[]) => pushed.push(['push', args[2]]),
        replaceState: (...args: unknown[]) => pushed.push(['replace', args[2]]),
      },
      addEventListener: target.addEventListener.bind(target),
    }
    const { store, go, replace } = createNavigation(browserAddressBar(page as unknown as Window))
    expect(store.getState()).toEqual(scans)
    page.location.hash = '#/ranges'
    target.dispatchEvent(new Event('hashchange'))
    expect(store.getState()).toEqual(ranges)
    page.location.hash = '#/settings'
    target.dispatchEvent(new Event('popstate'))
    expect(store.getState()).toEqual(settings)
    go(inventory)
    replace({ ...inventory, text: 'x' })
    expect(pushed).toEqual([
      ['push', '#/inventory'],
      ['replace', '#/inventory?text=x'],
    ])
  })
})
