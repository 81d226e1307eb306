import type { Concentration } from '#shared/domain/held-model.ts'
import { licenceIds } from '#shared/domain/licence.ts'
import { everything } from '#shared/query/condition.ts'
import type { FieldName } from '#shared/query/fields.ts'
import { fold } from '#shared/query/pattern.ts'
import { valueTerm } from '#shared/query/term.ts'
import { concentrationOf, type ValueCount } from '../governance/concentration.ts'
import { compareWithStudy } from '../governance/study-comparison.ts'
import { seeHolders } from '../store/held-rows.ts'
import { countFacets } from '../store/query-facets.ts'
import type { QueryContext } from '../store/query-where.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { countHoldingEach } from './count-groups.ts'
import { queryFor } from './held-models.ts'
import { type Catalogued, modelCatalogue, namesHeld } from './model-catalogue.ts'
import { countHeld, emptyLists, type HeldLists, unnamedOf } from './model-holders.ts'
import { knownLicences } from './model-licences.ts'
import { queryContext } from './query-context.ts'

/** How much rests on how little: families, quantizations, pairs of them, and single models. */
export function showConcentration(reading: Reading): Concentration {
  const { store } = reading
  return consistently(store, () => {
    const context = queryContext(reading, reading.now())
    const { lists, instances } = listsOf(context)
    const copies = countHeld(lists, modelCatalogue(store)).map(({ model, instances: count }) => ({
      model,
      count,
    }))
    const facets = countFacets(context, everything)
    const counted = (field: 'family' | 'quantization') =>
      withCopies(field, facets.get(field)?.values ?? new Map(), copies)
    const quantizations = counted('quantization')
    return {
      study: compareWithStudy(quantizations, instances),
      instances,
      models: copies.reduce((sum, { count }) => sum + count, 0),
      by: [
        concentrationOf('family', counted('family'), instances),
        concentrationOf('quantization', quantizations, instances),
        concentrationOf('family and quantization', pairs(lists, copies), instances),
        concentrationOf('licence', byLicence(store, lists, copies), instances),
        concentrationOf('digest', single(context, copies), instances),
      ],
    }
  })
}

interface Copies {
  readonly model: Catalogued
  /** Instances that hold it: as many copies of it there are, under however many names. */
  readonly count: number
}

function listsOf(context: QueryContext): { lists: HeldLists; instances: number } {
  const empty = emptyLists(context.store)
  let instances = 0
  seeHolders(context, everything, (_site, _isPresent, set) => {
    instances++
    empty.rows[set] = (empty.rows[set] ?? 0) + 1
  })
  return { lists: { ...empty, unnamed: unnamedOf(context, everything, empty) }, instances }
}

/** Instances as the facet of the inventory counts them, so that each value leads to just as many rows. */
function withCopies(
  field: FieldName & ('family' | 'quantization'),
  values: ReadonlyMap<string, { readonly text: string; readonly count: number }>,
  copies: readonly Copies[],
): ValueCount[] {
  const models = new Map<string | null, number>()
  for (const { model, count } of copies) {
    const value = model[field] === null ? null : fold(model[field])
    models.set(value, (models.get(value) ?? 0) + count)
  }
  const known = [...values].map(([key, { text, count }]) => ({
    value: text,
    query: valueTerm(field, text),
    instances: count,
    models: models.get(key) ?? 0,
  }))
  return [...known, { value: null, query: null, instances: 0, models: models.get(null) ?? 0 }]
}

/** Family and quantization of one and the same model: what no query of the inventory can say, as it asks for either. */
function pairs(lists: HeldLists, copies: readonly Copies[]): ValueCount[] {
  const groups = Map.groupBy(copies, ({ model: { family, quantization } }) =>
    family === null || quantization === null ? null : fold(`${family} ${quantization}`),
  )
  const instances = countHoldingEach(lists, keysOf(groups))
  return [...groups].map(([value, of], index) => ({
    value: value === null ? null : `${of[0]?.model.family} ${of[0]?.model.quantization}`,
    query: null,
    instances: instances[index] ?? 0,
    models: of.reduce((sum, { count }) => sum + count, 0),
  }))
}

/** A model under several licences counts at each. */
function byLicence(store: QueryContext['store'], lists: HeldLists, copies: readonly Copies[]): ValueCount[] {
  const licenceOf = knownLicences(store)
  const groups = new Map<string | null, Copies[]>()
  const titles = new Map<string, string>()
  for (const [licence, of] of Map.groupBy(copies, ({ model }) => licenceOf(model.digest))) {
    for (const { id, title } of licence.licences) titles.set(id, title)
    const ids = licenceIds(licence)
    for (const id of ids.length === 0 ? [carriesNone] : ids) {
      const known = groups.get(id) ?? []
      groups.set(id, known)
      for (const each of of) known.push(each)
    }
  }
  const instances = countHoldingEach(lists, keysOf(groups))
  return [...groups].map(([value, of], index) => ({
    value,
    name: titles.get(value ?? '') ?? null,
    // That one of several models carries none, no query of the inventory says.
    query: value === null || value === carriesNone ? null : valueTerm('license', value),
    instances: instances[index] ?? 0,
    models: of.reduce((sum, { count }) => sum + count, 0),
  }))
}

function keysOf(groups: ReadonlyMap<string | null, readonly Copies[]>): string[][] {
  return [...groups.values()].map(of => of.map(({ model }) => model.key))
}

/** As SPDX writes it. */
const carriesNone = 'NONE'

const mostNamed = 40

function single({ store }: QueryContext, copies: readonly Copies[]): ValueCount[] {
  const sorted = [...copies].sort((a, b) => b.count - a.count)
  const names = namesHeld(
    store,
    sorted.slice(0, mostNamed).map(({ model }) => model),
  )
  return sorted.map(({ model, count }) => {
    const value = model.digest ?? model.entries[0]?.name ?? null
    const named = names.get(model.key) ?? []
    return {
      value,
      name: named[0] ?? null,
      query: queryFor({ digest: model.digest, names: named }),
      instances: count,
      models: count,
    }
  })
}
