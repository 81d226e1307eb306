import { createStore, type StoreApi } from 'zustand/vanilla'
import { formatRoute, parseRoute, type Route } from './route.ts'

/** As much of a browser's history as is needed: the page's own, or one made up by a test. */
export interface AddressBar {
  read(): string
  push(address: string): void
  replace(address: string): void
  /** Calls back when the person goes back or forward. */
  onMoved(listener: () => void): void
}

export interface Navigation {
  readonly store: StoreApi<Route>
  /** A new place, to which "back" returns. */
  go(route: Route): void
  /** The same place seen otherwise: typing, moving through rows. "Back" leads past it. */
  replace(route: Route): void
}

export function createNavigation(bar: AddressBar): Navigation {
  const store = createStore<Route>(() => parseRoute(bar.read()))
  const show = (route: Route) => store.setState(route, true)
  bar.onMoved(() => show(parseRoute(bar.read())))
  return {
    store,
    go(route) {
      const address = formatRoute(route)
      if (address === formatRoute(store.getState())) return
      bar.push(address)
      show(route)
    },
    replace(route) {
      bar.replace(formatRoute(route))
      show(route)
    },
  }
}

export function browserAddressBar(
  page: Pick<Window, 'location' | 'history' | 'addEventListener'>,
): AddressBar {
  return {
    read: () => page.location.hash,
    push: address => page.history.pushState(null, '', address),
    replace: address => page.history.replaceState(null, '', address),
    onMoved: listener => {
      page.addEventListener('popstate', listener)
      page.addEventListener('hashchange', listener)
    },
  }
}
