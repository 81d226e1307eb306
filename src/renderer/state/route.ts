import { SortColumn } from '#shared/domain/inventory.ts'
import { type AuditRoute, formatAudit, parseAudit } from './audit-route.ts'
import { type FindingsRoute, formatFindings, parseFindings } from './findings-route.ts'
import { formatImports, type ImportsRoute, parseImports } from './imports-route.ts'
import { formatModels, type ModelsRoute, parseModels } from './models-route.ts'
import { formatPolicies, type PoliciesRoute, parsePolicies } from './policies-route.ts'
import { formatReports, parseReports, type ReportsRoute } from './reports-route.ts'
import { formatRisk, parseRisk, type RiskRoute } from './risk-route.ts'
import { formatTriage, parseTriage, type TriageRoute } from './triage-route.ts'

/**
 * Everything that can be selected has an address, kept behind the `#` of the page's own. Reading never fails: what is not
 * understood is the nearest thing that exists.
 */
export type Route =
  | OverviewRoute
  | RiskRoute
  | InventoryRoute
  | TriageRoute
  | FindingsRoute
  | ModelsRoute
  | PoliciesRoute
  | RangesRoute
  | ScansRoute
  | ImportsRoute
  | AuditRoute
  | ReportsRoute
  | SettingsRoute
export type Screen = Route['screen']

export const instanceTabs = [
  'summary',
  'endpoints',
  'models',
  'exposure',
  'risk',
  'findings',
  'advisories',
  'ownership',
  'evidence',
  'identity',
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
  /** The saved view that was opened; what is shown may differ from it by now. */
  readonly view: string | null
  /** The open questions about who is who, instead of an instance. */
  readonly proposals: boolean
}

export interface OverviewRoute {
  readonly screen: 'overview'
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
  /** Two scans side by side, instead of the list. */
  readonly compare: Compared | null
}

export const comparedParts = ['new', 'changed', 'gone', 'returned', 'notCovered'] as const
export type ComparedPart = (typeof comparedParts)[number]

export interface Compared {
  readonly scans: readonly [number, number]
  /** null: the first that has something in it. */
  readonly part: ComparedPart | null
}

export interface SettingsRoute {
  readonly screen: 'settings'
}

/** What matters most comes first. */
export const riskiestFirst: Sort = { column: 'risk', descending: false }

export const overview: OverviewRoute = { screen: 'overview' }
export const inventory: InventoryRoute = {
  screen: 'inventory',
  text: '',
  sort: riskiestFirst,
  instance: null,
  tab: 'summary',
  view: null,
  proposals: false,
}
export const ranges: RangesRoute = { screen: 'ranges', range: null }
export const scans: ScansRoute = { screen: 'scans', scan: null, range: null, explain: null, compare: null }
export const settings: SettingsRoute = { screen: 'settings' }

/** `#/inventory/17/models?text=llama&sort=-lastSeenAt` */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?')
  const [screen, first, second, third, fourth] = path.split('/')
  const parameters = new URLSearchParams(query)
  switch (screen) {
    case '':
    case 'overview':
      return overview
    case 'risk':
      return parseRisk(first)
    case 'ranges':
      return { ...ranges, range: first === 'new' ? 'new' : idOf(first) }
    case 'scans': {
      const compare = first === 'compare' ? comparedOf(second, third, fourth) : null
      if (compare !== null) return { ...scans, compare }
      return {
        ...scans,
        scan: first === 'new' ? 'new' : idOf(first),
        range: idOf(parameters.get('range') ?? undefined),
        explain: parameters.get('explain'),
      }
    }
    case 'imports':
      return parseImports(first)
    case 'models':
      return parseModels(first, parameters)
    case 'triage':
      return parseTriage(first, parameters)
    case 'audit':
      return parseAudit(first, parameters)
    case 'findings':
      return parseFindings(first, second, parameters)
    case 'policies':
      return parsePolicies(first, second, parameters)
    case 'reports':
      return parseReports(first, parameters)
    case 'settings':
      return settings
    default:
      return {
        screen: 'inventory',
        text: parameters.get('text') ?? '',
        sort: sortOf(parameters.get('sort')),
        instance: screen === 'inventory' ? idOf(first) : null,
        tab: instanceTabs.find(tab => tab === second) ?? 'summary',
        view: parameters.get('view'),
        proposals: screen === 'inventory' && first === 'proposals',
      }
  }
}

export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'inventory':
      return `#/inventory${inventoryPath(route)}${queryOf({
        text: route.text === '' ? null : route.text,
        sort: sortText(route.sort),
        view: route.view,
      })}`
    case 'overview':
      return '#/overview'
    case 'risk':
      return formatRisk(route)
    case 'ranges':
      return `#/ranges${below(route.range)}`
    case 'scans':
      if (route.compare !== null) return `#/scans/compare${comparedPath(route.compare)}`
      return `#/scans${below(route.scan)}${queryOf({
        range: route.range === null ? null : String(route.range),
        explain: route.explain,
      })}`
    case 'imports':
      return formatImports(route)
    case 'models':
      return formatModels(route)
    case 'triage':
      return formatTriage(route)
    case 'audit':
      return formatAudit(route)
    case 'findings':
      return formatFindings(route)
    case 'policies':
      return formatPolicies(route)
    case 'reports':
      return formatReports(route)
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

function inventoryPath({ instance, tab, proposals }: InventoryRoute): string {
  if (instance === null) return proposals ? '/proposals' : ''
  return tab === 'summary' ? `/${instance}` : `/${instance}/${tab}`
}

/** `/3/7/changed` */
function comparedOf(...[first, second, part]: (string | undefined)[]): Compared | null {
  const [from, to] = [idOf(first), idOf(second)]
  if (from === null || to === null) return null
  return { scans: [from, to], part: comparedParts.find(each => each === part) ?? null }
}

function comparedPath({ scans: [from, to], part }: Compared): string {
  return `${below(from)}${below(to)}${below(part)}`
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
