import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '#shared/domain/instant.ts'
import type { RiskFactor } from '#shared/domain/risk.ts'
import { parseVersion } from '#shared/domain/version.ts'
import type { Condition, Leaf } from '#shared/query/condition.ts'
import { factorWord } from '#shared/query/factor-words.ts'
import { type ChoiceField, type FieldName, fields } from '#shared/query/fields.ts'
import { contains, type Interval } from '#shared/query/interval.ts'
import { fits, fold, type Pattern } from '#shared/query/pattern.ts'
import { parameterCount } from '#shared/query/query-row.ts'
import { versionWithin } from '#shared/query/version-bound.ts'
import { addressKey } from './keys.ts'
import { licenceCondition, licenceNone, licenceUnknown } from './query-licence.ts'
import { emptySets, holdsOneOf, isOneOf, listed, type Sql, termsLike } from './query-sql.ts'
import { termsOfField } from './query-terms.ts'
import { textCondition } from './query-text.ts'
import { listProfiles, type ProfileRecord } from './risks.ts'
import { advised, codeOf, placeOf, unknownSize } from './row-facts.ts'
import { siteNames } from './sites.ts'
import type { ReadableStore } from './statement.ts'

/** Good for one state of the data: what a query finds out about names is kept with it. */
export interface QueryContext {
  readonly store: ReadableStore
  readonly now: Instant
  /** In how many affected ranges a version lies, by the advisories in force. */
  readonly affectedBy: (version: string) => number
}

/**
 * A query as a condition on `inventory_rows`; its values are bound. The same meaning as `isMatch` of shared/query has for
 * one row: test/store/query.test.ts compares them.
 */
export function whereOf(context: QueryContext, condition: Condition): Sql {
  const known = built.get(context) ?? new Map<Condition, Sql>()
  built.set(context, known)
  const where = known.get(condition) ?? buildWhere(context, condition)
  known.set(condition, where)
  return where
}

const built = new WeakMap<QueryContext, Map<Condition, Sql>>()

function buildWhere(context: QueryContext, condition: Condition): Sql {
  switch (condition.kind) {
    case 'all':
      return joined(context, condition.of, sql` AND `, yes)
    case 'any':
      return joined(context, condition.of, sql` OR `, no)
    case 'not':
      return sql`NOT ${buildWhere(context, condition.of)}`
    default:
      return leaf(context, condition)
  }
}

const yes: Sql = sql`1`
const no: Sql = sql`0`

function joined(
  context: QueryContext,
  parts: readonly Condition[],
  by: RawBuilder<unknown>,
  empty: Sql,
): Sql {
  if (parts.length === 0) return empty
  return sql`(${sql.join(
    parts.map(part => buildWhere(context, part)),
    by,
  )})`
}

function leaf(context: QueryContext, asked: Leaf): Sql {
  switch (asked.kind) {
    case 'text':
      return textCondition(context.store, asked.text)
    case 'state':
      return stateCondition(context, asked.field, asked.state)
    case 'choice':
      return choiceCondition(asked.field as ChoiceField, asked.value)
    case 'names':
      return namesCondition(context, asked.field, asked.pattern)
    case 'version':
      return isVersionWhere(context, text => versionWithin(asked.bound, text))
    case 'number':
      return numberCondition(context, asked.field, asked.interval)
    case 'age':
      return ageCondition(context, asked.field, asked.interval)
    case 'instant': {
      const column = asked.field === 'firstSeen' ? sql`first_seen_at` : sql`last_seen_at`
      return between(column, { min: asked.from, max: asked.until, withMin: true, withMax: false })
    }
    case 'address': {
      const within = sql`address_key BETWEEN ${addressKey(asked.block.first)} AND ${addressKey(asked.block.last)}`
      if (asked.field === 'network') return sql`(${within})`
      return sql`(${within} OR instance_id IN (SELECT instance_id FROM inventory_places WHERE ${within}))`
    }
  }
}

function choiceCondition(field: ChoiceField, word: string): Sql {
  const { shift, mask } = placeOf(field)
  return sql`(((facts >> ${shift}) & ${mask}) = ${codeOf(field, word)})`
}

function stateCondition(context: QueryContext, field: FieldName, state: 'unknown' | 'none'): Sql {
  if (fields[field].kind === 'choice') return choiceCondition(field as ChoiceField, state)
  switch (field) {
    case 'owner':
      return sql`(owner_id IS NULL)`
    case 'note':
      return sql`(note_id IS NULL)`
    case 'advisories':
      return sql`(facts & ${advised} = 0)`
    case 'models':
      return sql`(model_count IS NULL)`
    case 'score':
      return sql`(score IS NULL)`
    case 'likelihood':
    case 'impact':
    case 'factor':
      return sql`(profile_id IS NULL)`
    case 'license':
      return state === 'none' ? licenceNone(context.store) : licenceUnknown(context.store)
    case 'size':
      return state === 'none'
        ? sql`ifnull(model_count = 0, 0)`
        : sql`(model_count IS NULL OR facts & ${unknownSize} <> 0)`
    case 'version': {
      const comparable = termsWhere(context, 'version', text => parseVersion(text) !== null)
      return sql`(version_id IS NULL OR version_id NOT IN ${comparable})`
    }
    default: {
      const column = setColumn(field)
      if (state === 'none') return sql`ifnull(${column} IN ${emptySets(field)}, 0)`
      const isUnknown = field === 'parameters' ? (text: string) => parameterCount(text) === null : isNothing
      return sql`(${column} IS NULL OR ${holdsOneOf(context.store, column, termsWhere(context, field, isUnknown))})`
    }
  }
}

const isNothing = (text: string) => text === ''

function namesCondition(context: QueryContext, field: FieldName, pattern: Pattern): Sql {
  switch (field) {
    case 'site': {
      const sites = siteNames(context.store, {}).filter(site => fits(pattern, fold(site.name)))
      return sql`(site_id IN ${listed(sites.map(site => site.id))})`
    }
    case 'version':
    case 'owner':
    case 'note':
      return sql`ifnull(${sql.ref(`${field}_id`)} IN ${termsLike(field, pattern)}, 0)`
    case 'factor':
      return profileWhere(context, ({ factors }) =>
        (JSON.parse(factors) as RiskFactor[]).some(({ name, value }) =>
          fits(pattern, factorWord(name, value)),
        ),
      )
    case 'license':
      return licenceCondition(context.store, pattern)
    default:
      return holdsOneOf(context.store, setColumn(field), termsLike(field, pattern))
  }
}

function numberCondition(context: QueryContext, field: FieldName, interval: Interval): Sql {
  switch (field) {
    case 'port': {
      const within = between(sql`port`, interval)
      return sql`(${within} OR instance_id IN (SELECT instance_id FROM inventory_places WHERE ${within}))`
    }
    case 'confidence':
      return between(sql`confidence`, interval)
    case 'models':
      return between(sql`model_count`, interval)
    case 'score':
      return between(sql`score`, interval)
    case 'likelihood':
    case 'impact':
      return profileWhere(context, profile => contains(interval, profile[field]))
    case 'advisories': {
      const isAffected = isVersionWhere(context, text => contains(interval, context.affectedBy(text)))
      return sql`(facts & ${advised} <> 0 AND ${isAffected})`
    }
    case 'parameters': {
      const terms = termsWhere(context, field, text => {
        const count = parameterCount(text)
        return count !== null && contains(interval, count)
      })
      return holdsOneOf(context.store, sql`parameters_set`, terms)
    }
    case 'size':
      // Only compared with one end: then the largest or the smallest model decides.
      return between(interval.min === null ? sql`size_min` : sql`size_max`, interval)
    default:
      throw new Error(`${field} is no number`)
  }
}

/** Combinations of facts of which JavaScript decides: there are some hundreds. */
function profileWhere({ store }: QueryContext, isWanted: (profile: ProfileRecord) => boolean): Sql {
  const wanted = listProfiles(store, {}).filter(isWanted)
  return isOneOf(
    sql`profile_id`,
    wanted.map(({ id }) => id),
  )
}

/** So long ago: the longer, the smaller the instant. */
function ageCondition({ now }: QueryContext, field: FieldName, interval: Interval): Sql {
  const column = field === 'firstSeen' ? sql`first_seen_at` : sql`last_seen_at`
  return between(column, {
    min: interval.max === null ? null : now - interval.max,
    max: interval.min === null ? null : now - interval.min,
    withMin: interval.withMax,
    withMax: interval.withMin,
  })
}

function between(column: RawBuilder<unknown>, { min, max, withMin, withMax }: Interval): Sql {
  const parts: RawBuilder<unknown>[] = [
    ...(min === null ? [] : [withMin ? sql`${column} >= ${min}` : sql`${column} > ${min}`]),
    ...(max === null ? [] : [withMax ? sql`${column} <= ${max}` : sql`${column} < ${max}`]),
  ]
  return sql`ifnull(${sql.join(parts, sql` AND `)}, 0)`
}

function setColumn(field: FieldName) {
  return sql.ref(`${field}_set`)
}

/** Names of which JavaScript decides: of fields that have some hundreds of them. */
function termsWhere({ store }: QueryContext, field: FieldName, isWanted: (text: string) => boolean) {
  return listed(idsWhere(store, field, isWanted))
}

function isVersionWhere({ store }: QueryContext, isWanted: (text: string) => boolean): Sql {
  return isOneOf(sql`version_id`, idsWhere(store, 'version', isWanted))
}

function idsWhere(store: ReadableStore, field: FieldName, isWanted: (text: string) => boolean): number[] {
  return termsOfField(store, { field })
    .filter(term => isWanted(term.text))
    .map(term => term.id)
}
