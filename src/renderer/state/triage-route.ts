import { type OwnershipState, ownershipStates } from '#shared/domain/ownership.ts'

export const triageTabs = ['queue', 'board', 'owners', 'inherited'] as const
export type TriageTab = (typeof triageTabs)[number]
export const triageSorts = ['age', 'confidence', 'due'] as const
export type TriageSort = (typeof triageSorts)[number]

/** What nobody answers for. */
export const needsOwner: readonly OwnershipState[] = ['unowned', 'proposed', 'disputed']

export interface TriageRoute {
  readonly screen: 'triage'
  readonly tab: TriageTab
  /** None: every state. */
  readonly states: readonly OwnershipState[]
  readonly only: 'escalated' | 'overdue' | null
  readonly query: string
  readonly sort: TriageSort
  /** Assigned or proposed to them; on the tab of owners: who is shown. */
  readonly owner: number | 'new' | null
}

export const triage: TriageRoute = {
  screen: 'triage',
  tab: 'queue',
  states: needsOwner,
  only: null,
  query: '',
  sort: 'age',
  owner: null,
}

/** `#/triage/board?state=proposed&only=escalated&owner=3&query=site:Lab` */
export function parseTriage(path: string | undefined, parameters: URLSearchParams): TriageRoute {
  const states = parameters.get('state')
  const only = parameters.get('only')
  const owner = parameters.get('owner') ?? ''
  return {
    screen: 'triage',
    tab: triageTabs.find(tab => tab === path) ?? 'queue',
    states: states === null ? needsOwner : ownershipStates.filter(state => states.split(',').includes(state)),
    only: only === 'escalated' || only === 'overdue' ? only : null,
    query: parameters.get('query') ?? '',
    sort: triageSorts.find(sort => sort === parameters.get('sort')) ?? 'age',
    owner: owner === 'new' ? 'new' : /^[1-9]\d{0,14}$/.test(owner) ? Number(owner) : null,
  }
}

export function formatTriage({ tab, states, only, query, sort, owner }: TriageRoute): string {
  const values = new URLSearchParams()
  if (states.join() !== needsOwner.join()) values.set('state', states.length === 0 ? 'all' : states.join())
  if (only !== null) values.set('only', only)
  if (query !== '') values.set('query', query)
  if (sort !== 'age') values.set('sort', sort)
  if (owner !== null) values.set('owner', String(owner))
  const text = values.toString()
  return `#/triage${tab === 'queue' ? '' : `/${tab}`}${text === '' ? '' : `?${text}`}`
}
