import { capabilitiesFor } from '../governance/claims.ts'
import {
  type ArtifactRecord,
  artifactsShown,
  catalogueState,
  listArtifacts,
} from '../store/model-catalogue.ts'
import type { ReadableStore } from '../store/statement.ts'
import { isWrittenSince, type Moment, momentOf } from '../store/written-since.ts'

/** A model as lists describe it, whoever holds it. */
export interface Catalogued {
  /** The digest; of a model without one, its name. */
  readonly key: string
  readonly digest: string | null
  readonly family: string | null
  readonly parameterSize: string | null
  readonly quantization: string | null
  readonly sizeBytes: number | null
  readonly remoteModel: string | null
  readonly remoteHost: string | null
  /** As lists say, where they suffice to say it; null: none does. */
  readonly capabilities: readonly string[] | null
  /** Its list entries, by the name each has. */
  readonly entries: readonly { readonly id: number; readonly name: string }[]
}

interface Catalogue {
  readonly moment: Moment
  readonly state: string
  readonly models: ReadonlyMap<string, Catalogued>
}

const kept = new WeakMap<object, Catalogue>()

/** Every model ever listed, by its key, in order of it. List entries never change: read again only when there are others. */
export function modelCatalogue(store: ReadableStore): ReadonlyMap<string, Catalogued> {
  const known = kept.get(store.connection)
  if (known !== undefined && !isWrittenSince(store, known.moment)) return known.models
  const moment = momentOf(store)
  const state = JSON.stringify(catalogueState(store, {}))
  const models = known?.state === state ? known.models : readCatalogue(store)
  kept.set(store.connection, { moment, state, models })
  return models
}

function readCatalogue(store: ReadableStore): ReadonlyMap<string, Catalogued> {
  const groups = [...Map.groupBy(listArtifacts(store, {}), keyOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(groups.map(([key, entries]) => [key, describe(key, entries)]))
}

/** A digest is 64 hexadecimal digits: no name is taken for one. */
export function keyOf({ digest, name }: { readonly digest: string | null; readonly name: string }): string {
  return digest ?? `name ${name}`
}

function describe(key: string, entries: readonly ArtifactRecord[]): Catalogued {
  const said = <K extends keyof ArtifactRecord>(column: K) =>
    entries.find(entry => entry[column] !== null && entry[column] !== '')?.[column] ?? null
  const listed = said('listed_capabilities')
  const remoteHost = said('remote_host')
  const capabilities = listed === null ? null : (JSON.parse(listed) as string[]).sort()
  return {
    key,
    digest: entries[0]?.digest ?? null,
    family: said('family'),
    parameterSize: said('parameter_size'),
    quantization: said('quantization'),
    sizeBytes: said('size_bytes'),
    remoteModel: said('remote_model'),
    remoteHost,
    capabilities: capabilitiesFor({ remoteHost, capabilities }, key, []),
    entries: entries.map(({ id, name }) => ({ id, name })),
  }
}

/** The names under which models are held now, in order; of one that nobody holds, those it had. */
export function namesHeld(store: ReadableStore, models: readonly Catalogued[]): Map<string, string[]> {
  const ids = models.flatMap(({ entries }) => (entries.length > 1 ? entries.map(({ id }) => id) : []))
  const shown = new Set(
    ids.length === 0 ? [] : artifactsShown(store, { ids: JSON.stringify(ids) }).map(({ id }) => id),
  )
  return new Map(
    models.map(({ key, entries }) => {
      const held = entries.filter(({ id }) => shown.has(id))
      return [key, [...new Set((held.length === 0 ? entries : held).map(({ name }) => name))].sort()]
    }),
  )
}
