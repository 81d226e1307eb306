import type { Concentration } from '#shared/domain/held-model.ts'

export interface ValueCount {
  /** null: unknown. */
  readonly value: string | null
  /** How people call it, where the value is not for reading. */
  readonly name?: string | null
  readonly query: string | null
  readonly instances: number
  readonly models: number
}

const mostShown = 20

/** Shares and Herfindahl index of one dimension, from the counts of its values. */
export function concentrationOf(
  dimension: Concentration['by'][number]['dimension'],
  counts: readonly ValueCount[],
  instances: number,
): Concentration['by'][number] {
  const known = counts.flatMap(({ value, ...rest }) => (value === null ? [] : [{ value, ...rest }]))
  const models = sum(known.map(each => each.models))
  const pairs = sum(known.map(each => each.instances))
  return {
    dimension,
    distinct: known.length,
    unknownModels: sum(counts.map(each => (each.value === null ? each.models : 0))),
    top: [...known]
      .sort((a, b) => b.instances - a.instances || b.models - a.models || (a.value < b.value ? -1 : 1))
      .slice(0, mostShown)
      .map(each => ({
        ...each,
        name: each.name ?? null,
        instanceShare: shareOf(each.instances, instances),
        modelShare: shareOf(each.models, models),
      })),
    herfindahlByInstances: sum(known.map(each => shareOf(each.instances, pairs) ** 2)),
    herfindahlByModels: sum(known.map(each => shareOf(each.models, models) ** 2)),
  }
}

function sum(numbers: readonly number[]): number {
  // Rounding must not lift a sum of shares above one.
  const total = numbers.reduce((all, each) => all + each, 0)
  return Number.isInteger(total) ? total : Math.min(1, total)
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
