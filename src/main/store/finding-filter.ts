import { severities } from '#shared/domain/exposure.ts'
import { findingStatuses } from '#shared/domain/finding.ts'
import type { Condition } from '#shared/query/condition.ts'
import type { FindingCondition, FindingLeaf } from '#shared/query/finding-query.ts'
import { contains, type Interval } from '#shared/query/interval.ts'
import { fits, fold } from '#shared/query/pattern.ts'
import type { Names } from './finding-columns.ts'
import { type FindingColumns, removed } from './finding-columns.ts'
import { type QueryContext, whereOf } from './query-where.ts'
import { builder, composeColumn } from './statement.ts'

/**
 * Which findings a query finds: a byte each, 1 or 0, in the order of the columns. What is asked of instances is answered by
 * the index of the inventory, once for all of them. Loops count here: they run over two million.
 */
export function filterFindings(
  context: QueryContext,
  columns: FindingColumns,
  condition: FindingCondition,
): Uint8Array {
  const found = maskOf(context, columns, condition)
  const { status, count } = columns
  for (let at = 0; at < count; at++) if (status[at] === removed) found[at] = 0
  return found
}

const findingKinds: ReadonlySet<string> = new Set<FindingLeaf['kind']>([
  'severity',
  'status',
  'finding-names',
  'finding-text',
  'opened',
  'due',
  'instance',
])

/** Nothing in it asks of findings: all of it is one question to the inventory. */
function isOfInstances(condition: FindingCondition): condition is Condition {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.every(isOfInstances)
  return condition.kind === 'not' ? isOfInstances(condition.of) : !findingKinds.has(condition.kind)
}

function maskOf(context: QueryContext, columns: FindingColumns, condition: FindingCondition): Uint8Array {
  if (condition.kind === 'all' && condition.of.length === 0) return new Uint8Array(columns.count).fill(1)
  if (isOfInstances(condition)) return ofInstances(context, columns, condition)
  switch (condition.kind) {
    case 'all':
    case 'any':
      return joinedMask(context, columns, condition.kind, condition.of)
    case 'not': {
      const mask = maskOf(context, columns, condition.of)
      for (let at = 0; at < mask.length; at++) mask[at] = 1 - (mask[at] ?? 0)
      return mask
    }
    default:
      return leafMask(context, columns, condition as FindingLeaf)
  }
}

function joinedMask(
  context: QueryContext,
  columns: FindingColumns,
  kind: 'all' | 'any',
  of: readonly FindingCondition[],
): Uint8Array {
  const instances = of.filter(isOfInstances)
  const parts: FindingCondition[] = of.filter(part => !isOfInstances(part))
  const masks = [
    ...parts.map(part => maskOf(context, columns, part)),
    ...(instances.length === 0 ? [] : [ofInstances(context, columns, { kind, of: instances })]),
  ]
  const [first = new Uint8Array(columns.count), ...others] = masks
  for (const other of others) {
    if (kind === 'all')
      for (let at = 0; at < first.length; at++) first[at] = (first[at] ?? 0) & (other[at] ?? 0)
    else for (let at = 0; at < first.length; at++) first[at] = (first[at] ?? 0) | (other[at] ?? 0)
  }
  return first
}

function ofInstances(context: QueryContext, columns: FindingColumns, condition: Condition): Uint8Array {
  const found = composeColumn<number>(
    context.store,
    builder.selectFrom('inventory_rows').select('instance_id').where(whereOf(context, condition)),
  )
  let most = 0
  for (let index = 0; index < found.length; index++) most = Math.max(most, found[index] ?? 0)
  const marks = new Uint8Array(most + 1)
  for (let index = 0; index < found.length; index++) marks[found[index] ?? 0] = 1
  return masked(columns, columns.instance, marks)
}

/** 1 where the code of a column is marked. */
function masked(
  { count }: FindingColumns,
  column: Uint8Array | Uint16Array | Uint32Array,
  marks: Uint8Array,
): Uint8Array {
  const mask = new Uint8Array(count)
  for (let at = 0; at < count; at++) mask[at] = marks[column[at] ?? 0] ?? 0
  return mask
}

function leafMask({ now }: QueryContext, columns: FindingColumns, leaf: FindingLeaf): Uint8Array {
  switch (leaf.kind) {
    case 'severity':
      return masked(
        columns,
        columns.severity,
        marked(severities, each => each === leaf.value),
      )
    case 'status':
      return masked(
        columns,
        columns.status,
        marked(findingStatuses, each => leaf.values.includes(each)),
      )
    case 'finding-names': {
      const isRule = leaf.field === 'rule'
      const marks = named(isRule ? columns.rules : columns.labels, text => fits(leaf.pattern, text))
      return masked(columns, isRule ? columns.rule : columns.label, marks)
    }
    case 'finding-text':
      return textMask(columns, leaf.text)
    case 'instance':
      return equalMask(columns.count, columns.instance, leaf.id)
    case 'opened':
      return instantMask(columns.count, columns.openedAt, at => now - at, leaf.interval)
    case 'due':
      return leaf.interval === null
        ? equalMask(columns.count, columns.dueAt, 0)
        : instantMask(columns.count, columns.dueAt, at => at - now, leaf.interval)
  }
}

function marked<W>(words: readonly W[], isWanted: (word: W) => boolean): Uint8Array {
  return Uint8Array.from(words, word => (isWanted(word) ? 1 : 0))
}

function named({ texts }: Names, isWanted: (folded: string) => boolean): Uint8Array {
  return Uint8Array.from(texts, text => (isWanted(fold(text)) ? 1 : 0))
}

/** Free text: in the rule or in the subject. */
function textMask(columns: FindingColumns, wanted: string): Uint8Array {
  const mask = masked(
    columns,
    columns.rule,
    named(columns.rules, text => text.includes(wanted)),
  )
  const labels = named(columns.labels, text => text.includes(wanted))
  for (let at = 0; at < mask.length; at++) mask[at] = (mask[at] ?? 0) | (labels[columns.label[at] ?? 0] ?? 0)
  return mask
}

function equalMask(count: number, column: Uint32Array, wanted: number): Uint8Array {
  const mask = new Uint8Array(count)
  for (let at = 0; at < count; at++) mask[at] = column[at] === wanted ? 1 : 0
  return mask
}

/** Instants are whole seconds; none is 0 and lies nowhere. */
function instantMask(
  count: number,
  column: Uint32Array,
  distanceTo: (instant: number) => number,
  interval: Interval,
): Uint8Array {
  const mask = new Uint8Array(count)
  for (let at = 0; at < count; at++) {
    const seconds = column[at] ?? 0
    mask[at] = seconds !== 0 && contains(interval, distanceTo(seconds * 1000)) ? 1 : 0
  }
  return mask
}
