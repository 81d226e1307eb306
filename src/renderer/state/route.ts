import { SortColumn } from '#shared/domain/inventory.ts'

/**
 * Everything that can be selected has an address, kept behind the `#` of the page's own. Reading never fails: what is not
 * understood is the nearest thing that exists.
 */
export type Route = InventoryRoute | RangesRoute | ScansRoute | ImportsRoute | SettingsRoute
export type Screen = Route['screen']

export const instanceTabs = [
  'summary',
  'endpoints',
  'models',
  'exposure',
  'advisories',
  'evidence',
  'history',
] as const
export type InstanceTab = (typeof instanceTabs)[number]

export interface Sort {
  readonly column: SortColumn
  readonly descending: boolean
}

export interface InventoryRoute {
  readonly screen: 'inventory'
  readonly text: string
  /** null: as the backend orders by itself. */
  readonly sort: Sort | null
  readonly instance: number | null
  readonly tab: InstanceTab
}

export interface RangesRoute {
  readonly screen: 'ranges'
  readonly range: number | 'new' | null
}

export interface ScansRoute {
  readonly screen: 'scans'
  readonly scan: number | 'new' | null
  /** The range a new scan is meant for; null: all. */
  readonly range: number | null
  /** The one address a new scan is meant to ask and explain. */
  readonly explain: string | null
}

export interface ImportsRoute {
  readonly screen: 'imports'
  readonly import: number | null
}

export interface SettingsRoute {
  readonly screen: 'settings'
}

/** What matters most comes first. */
export const riskiestFirst: Sort = { column: 'risk', descending: false }

export const inventory: InventoryRoute = {
  screen: 'inventory',
  text: '',
  sort: riskiestFirst,
  instance: null,
  tab: 'summary',
}
export const ranges: RangesRoute = { screen: 'ranges', range: null }
export const scans: ScansRoute = { screen: 'scans', scan: null, range: null, explain: null }
export const imports: ImportsRoute = { screen: 'imports', import: null }
export const settings: SettingsRoute = { screen: 'settings' }

/** `#/inventory/17/models?text=llama&sort=-lastSeenAt` */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?')
  const [screen, first, second] = path.split('/')
  const parameters = new URLSearchParams(query)
  switch (screen) {
    case 'ranges':
      return { ...ranges, range: first === 'new' ? 'new' : idOf(first) }
    case 'scans':
      return {
        screen,
        scan: first === 'new' ? 'new' : idOf(first),
        range: idOf(parameters.get('range') ?? undefined),
        explain: parameters.get('explain'),
      }
    case 'imports':
      return { screen, import: idOf(first) }
    case 'settings':
      return settings
    default:
      return {
        screen: 'inventory',
        text: parameters.get('text') ?? '',
        sort: sortOf(parameters.get('sort')),
        instance: screen === 'inventory' ? idOf(first) : null,
        tab: instanceTabs.find(tab => tab === second) ?? 'summary',
      }
  }
}

export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'inventory':
      return `#/inventory${inventoryPath(route)}${queryOf({
        text: route.text === '' ? null : route.text,
        sort: sortText(route.sort),
      })}`
    case 'ranges':
      return `#/ranges${below(route.range)}`
    case 'scans':
      return `#/scans${below(route.scan)}${queryOf({
        range: route.range === null ? null : String(route.range),
        explain: route.explain,
      })}`
    case 'imports':
      return `#/imports${below(route.import)}`
    case 'settings':
      return '#/settings'
  }
}

/** The same address for people to keep and pass on; the command palette follows it. */
export function linkTo(route: Route): string {
  return formatRoute(route).replace('#/', 'paddock://')
}

/** What a pasted link leads to; null: it is none. */
export function followLink(text: string): Route | null {
  const match = /^paddock:\/\/(.+)$/.exec(text.trim())
  return match === null ? null : parseRoute(`#/${match[1]}`)
}

/** Whether two addresses show the same, apart from what is open beside it. */
export function isSamePlace(a: Route, b: Route): boolean {
  return formatRoute(a) === formatRoute(b)
}

function inventoryPath({ instance, tab }: InventoryRoute): string {
  if (instance === null) return ''
  return tab === 'summary' ? `/${instance}` : `/${instance}/${tab}`
}

function below(id: number | string | null): string {
  return id === null ? '' : `/${id}`
}

function queryOf(values: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null)
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

function idOf(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}

/** Absent: by risk. `none`: as the backend orders by itself. */
function sortOf(text: string | null): Sort | null {
  if (text === null) return riskiestFirst
  const column = SortColumn.safeParse(text.replace(/^-/, ''))
  if (!column.success) return text === 'none' ? null : riskiestFirst
  return { column: column.data, descending: text.startsWith('-') }
}

function sortText(sort: Sort | null): string | null {
  if (sort === null) return 'none'
  if (sort.column === riskiestFirst.column && sort.descending === riskiestFirst.descending) return null
  return `${sort.descending ? '-' : ''}${sort.column}`
}
