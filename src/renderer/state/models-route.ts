import { ModelSortColumn } from '#shared/domain/model-list.ts'

export const modelTabs = ['list', 'concentration', 'blast-radius'] as const
export type ModelTab = (typeof modelTabs)[number]

export interface ModelSort {
  readonly column: ModelSortColumn
  readonly descending: boolean
}

export interface ModelsRoute {
  readonly screen: 'models'
  readonly tab: ModelTab
  /** A query of instances: whose models are listed, or what is taken to be affected. */
  readonly text: string
  readonly sort: ModelSort
  /** A digest, or the name of a model that has none. */
  readonly model: string | null
  /** What the person is about to decide on it. */
  readonly ask: 'approve' | 'revoke' | null
}

/** What is most widespread comes first. */
export const mostHeldFirst: ModelSort = { column: 'instances', descending: true }

export const models: ModelsRoute = {
  screen: 'models',
  tab: 'list',
  text: '',
  sort: mostHeldFirst,
  model: null,
  ask: null,
}

/** `#/models/blast-radius?text=family:llama`, `#/models?model=0f3c…` */
export function parseModels(tab: string | undefined, parameters: URLSearchParams): ModelsRoute {
  const model = parameters.get('model') || null
  const ask = parameters.get('ask')
  return {
    screen: 'models',
    tab: modelTabs.find(each => each === tab) ?? 'list',
    text: parameters.get('text') ?? '',
    sort: sortOf(parameters.get('sort')),
    model,
    ask: model !== null && (ask === 'approve' || ask === 'revoke') ? ask : null,
  }
}

export function formatModels({ tab, text, sort, model, ask }: ModelsRoute): string {
  const isUsual = sort.column === mostHeldFirst.column && sort.descending === mostHeldFirst.descending
  const values = Object.entries({
    text: text === '' ? null : text,
    sort: isUsual ? null : `${sort.descending ? '-' : ''}${sort.column}`,
    model,
    ask: model === null ? null : ask,
  }).filter((entry): entry is [string, string] => entry[1] !== null)
  const query = values.length === 0 ? '' : `?${new URLSearchParams(values)}`
  return `#/models${tab === 'list' ? '' : `/${tab}`}${query}`
}

function sortOf(text: string | null): ModelSort {
  const column = ModelSortColumn.safeParse(text?.replace(/^-/, ''))
  return column.success ? { column: column.data, descending: text?.startsWith('-') === true } : mostHeldFirst
}
