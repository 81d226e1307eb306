import type { Completion, CompletionRequest } from '#shared/domain/facet.ts'
import { complete, type OwnCompletions } from '#shared/query/complete.ts'
import { dueWords, severityWords, statusWords } from '#shared/query/finding-query.ts'
import { findingColumns } from '../store/finding-columns.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { namesHolding } from './facets.ts'

const spans = ['0d', '7d', '30d', '90d']
const ages = ['1d', '7d', '30d', '90d', '1y']

/** What can stand at the cursor of a query over findings. */
export function completeFindingQuery({ store }: Reading, { query, cursor }: CompletionRequest): Completion {
  return complete(query, cursor, namesHolding(store), ownCompletions(store))
}

function ownCompletions(store: ReadableStore): OwnCompletions {
  const columns = () => consistently(store, () => findingColumns(store))
  return new Map([
    ['severity', { signs: [':'], values: () => severityWords }],
    ['status', { signs: [':'], values: () => statusWords }],
    ['rule', { signs: [':'], values: () => columns().rules.texts }],
    [
      'subject',
      { signs: [':', '='], values: () => columns().labels.texts.filter(text => /^[\w.:/-]+$/.test(text)) },
    ],
    ['due', { signs: ['<', '>', ':'], values: () => [...spans, ...dueWords] }],
    ['instance', { signs: [':'], values: () => [] }],
    ['opened', { signs: ['<', '>'], values: () => ages }],
  ])
}
