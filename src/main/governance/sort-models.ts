import { type HeldModel, registerStates } from '#shared/domain/held-model.ts'
import type { ModelRequest, ModelSortColumn } from '#shared/domain/model-list.ts'
import { parameterCount } from '#shared/query/query-row.ts'

type Key = string | number | null

const keys: Readonly<Record<ModelSortColumn, (model: HeldModel) => Key>> = {
  name: model => model.names[0]?.toLowerCase() ?? null,
  digest: model => model.digest,
  instances: model => model.instances,
  family: model => model.family?.toLowerCase() ?? null,
  parameters: model => parameterCount(model.parameterSize),
  size: model => model.sizeBytes,
  quantization: model => model.quantization?.toLowerCase() ?? null,
  licence: model => model.licence.licences[0]?.title.toLowerCase() ?? null,
  source: model => model.sources[0] ?? null,
  remote: model => model.remoteHost,
  register: model => registerStates.indexOf(model.register),
  drift: model => model.drift.to + model.drift.from,
  firstSeenAt: model => (model.firstSeenAt === null ? null : Date.parse(model.firstSeenAt)),
  lastSeenAt: model => Date.parse(model.lastSeenAt),
}

/** In the order wanted; what is equal stays by how widespread it is. What is unknown comes last either way. */
export function sortModels(models: readonly HeldModel[], sort: ModelRequest['sort']): HeldModel[] {
  const bySpread = [...models].sort((a, b) => b.instances - a.instances || compare(nameOf(a), nameOf(b)))
  if (sort === null) return bySpread
  const { column, descending } = sort
  const keyed = bySpread.map(model => ({ model, key: keys[column](model) }))
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1
    return descending ? compare(b.key, a.key) : compare(a.key, b.key)
  })
  return keyed.map(({ model }) => model)
}

/** Where nothing else tells them apart, the digest does. */
function nameOf({ digest, names }: HeldModel): string {
  return `${names[0]} ${digest}`
}

function compare<K extends string | number>(a: K, b: K): number {
  return a < b ? -1 : a > b ? 1 : 0
}
