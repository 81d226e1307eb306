import type { ListedModel } from '#shared/domain/observation.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { contentDigest } from './keys.ts'
import {
  change,
  memoryOf,
  type ReadableStore,
  rememberedOn,
  row,
  rows,
  type WritableStore,
} from './statement.ts'
import { keepJson, readJson } from './texts.ts'

/**
 * The id of the snapshot that says exactly this, which is made if it is new. The same facts are one row, however often
 * and wherever they are seen.
 */
export function keepSnapshot(
  store: WritableStore,
  facts: StableFacts,
  digest: Uint8Array = contentDigest(facts),
): number {
  const known = idByDigest(store, { digest })
  if (known !== undefined) return known.id
  const { id } = insertSnapshot(store, {
    digest,
    product: facts.product,
    suspected: facts.suspected,
    version: facts.version,
    bracket: facts.bracket === null ? null : keepJson(store, facts.bracket),
    accessApi: facts.access.api,
    accessV1: facts.access.v1,
    cors: facts.cors,
    protection: keepJson(store, facts.protection),
    front: facts.front,
    cloudDisabled: facts.cloudDisabled === null ? null : Number(facts.cloudDisabled),
    certificate: facts.certificate === null ? null : JSON.stringify(facts.certificate),
    modelCount: facts.models?.length ?? null,
  })
  for (const [position, model] of (facts.models ?? []).entries()) {
    const artifact = keepArtifact(store, model)
    linkArtifact(store, { snapshot: id, position, artifact, modifiedAt: model.modifiedAt })
  }
  remember(memoryOf(store), id, facts)
  return id
}

const recent = new WeakMap<object, Map<number, StableFacts>>()
/** Some 20 MB: what a scan finds new in a hundred thousand hosts is read several times before it ends. */
const mostRecent = 5000

/** A snapshot never changes: the writer need not read again what it has just written or read. */
function remember(memory: object, id: number, facts: StableFacts): void {
  const known = recent.get(memory) ?? new Map<number, StableFacts>()
  if (known.size >= mostRecent) known.clear()
  recent.set(memory, known.set(id, facts))
}

function keepArtifact(store: WritableStore, model: ListedModel): number {
  const { modifiedAt: _, ...entry } = model
  const entryDigest = contentDigest(entry)
  const known = artifactByEntry(store, { entryDigest })
  if (known !== undefined) return known.id
  return insertArtifact(store, {
    entryDigest,
    ...entry,
    families: JSON.stringify(model.families),
    capabilities: model.capabilities === null ? null : JSON.stringify(model.capabilities),
  }).id
}

/** The facts of a snapshot as they were kept. */
export function readSnapshot(store: ReadableStore, id: number): StableFacts {
  const memory = rememberedOn(store)
  const known = memory === undefined ? undefined : recent.get(memory)?.get(id)
  if (known !== undefined) return known
  const facts = readAnew(store, id)
  if (memory !== undefined) remember(memory, id, facts)
  return facts
}

function readAnew(store: ReadableStore, id: number): StableFacts {
  const found = snapshotById(store, { id })
  if (found === undefined) throw new Error(`no snapshot ${id}`)
  const models = modelsOfSnapshot(store, { id }).map(record => modelOf(record, record.modified_at))
  return { ...factsOf(store, found), models: found.model_count === null ? null : models }
}

/** What a snapshot says beside its models. */
export type SnapshotFacts = Omit<StableFacts, 'models'>

type FactsRecord = Omit<NonNullable<ReturnType<typeof snapshotById>>, 'id' | 'digest' | 'model_count'>

export function factsOf(store: ReadableStore, found: FactsRecord): SnapshotFacts {
  return {
    product: found.product as StableFacts['product'],
    suspected: found.suspected as StableFacts['suspected'],
    version: found.version,
    bracket:
      found.version_bracket === null
        ? null
        : (readJson(store, found.version_bracket) as StableFacts['bracket']),
    access: { api: found.access_api, v1: found.access_v1 } as StableFacts['access'],
    cors: found.cors as StableFacts['cors'],
    protection: readJson(store, found.protection) as StableFacts['protection'],
    front: found.front,
    cloudDisabled: found.cloud_disabled === null ? null : found.cloud_disabled === 1,
    certificate: found.certificate === null ? null : JSON.parse(found.certificate),
  }
}

type ModelRecord = Omit<ReturnType<typeof modelsOfSnapshot>[number], 'modified_at'>

export function modelOf(record: ModelRecord, modifiedAt: string | null): ListedModel {
  const { listed_capabilities: listed } = record
  return {
    name: record.name,
    digest: record.digest,
    modifiedAt,
    sizeBytes: record.size_bytes,
    format: record.format,
    family: record.family,
    families: JSON.parse(record.families),
    parameterSize: record.parameter_size,
    quantization: record.quantization,
    remoteModel: record.remote_model,
    remoteHost: record.remote_host,
    contextLength: record.context_length,
    capabilities: listed === null ? null : JSON.parse(listed),
  }
}

const idByDigest = row<{ digest: Uint8Array }>()((db, $) =>
  db.selectFrom('snapshots').select('id').where('digest', '=', $.digest),
)

const snapshotById = row<{ id: number }>()((db, $) =>
  db.selectFrom('snapshots').selectAll().where('id', '=', $.id),
)

const insertSnapshot = change<{
  digest: Uint8Array
  product: string
  suspected: string | null
  version: string | null
  bracket: string | null
  accessApi: string
  accessV1: string
  cors: string
  protection: string
  front: string | null
  cloudDisabled: number | null
  certificate: string | null
  modelCount: number | null
}>()((db, $) =>
  db.insertInto('snapshots').values({
    digest: $.digest,
    product: $.product,
    suspected: $.suspected,
    version: $.version,
    version_bracket: $.bracket,
    access_api: $.accessApi,
    access_v1: $.accessV1,
    cors: $.cors,
    protection: $.protection,
    front: $.front,
    cloud_disabled: $.cloudDisabled,
    certificate: $.certificate,
    model_count: $.modelCount,
  }),
)

const artifactByEntry = row<{ entryDigest: Uint8Array }>()((db, $) =>
  db.selectFrom('artifacts').select('id').where('entry_digest', '=', $.entryDigest),
)

const insertArtifact = change<{
  entryDigest: Uint8Array
  name: string
  digest: string | null
  sizeBytes: number | null
  format: string | null
  family: string | null
  families: string
  parameterSize: string | null
  quantization: string | null
  remoteModel: string | null
  remoteHost: string | null
  contextLength: number | null
  capabilities: string | null
}>()((db, $) =>
  db.insertInto('artifacts').values({
    entry_digest: $.entryDigest,
    name: $.name,
    digest: $.digest,
    size_bytes: $.sizeBytes,
    format: $.format,
    family: $.family,
    families: $.families,
    parameter_size: $.parameterSize,
    quantization: $.quantization,
    remote_model: $.remoteModel,
    remote_host: $.remoteHost,
    context_length: $.contextLength,
    listed_capabilities: $.capabilities,
  }),
)

const linkArtifact = change<{
  snapshot: number
  position: number
  artifact: number
  modifiedAt: string | null
}>()((db, $) =>
  db.insertInto('snapshot_artifacts').values({
    snapshot_id: $.snapshot,
    position: $.position,
    artifact_id: $.artifact,
    modified_at: $.modifiedAt,
  }),
)

const modelsOfSnapshot = rows<{ id: number }>()((db, $) =>
  db
    .selectFrom('snapshot_artifacts')
    .innerJoin('artifacts', 'artifacts.id', 'snapshot_artifacts.artifact_id')
    .selectAll('artifacts')
    .select('snapshot_artifacts.modified_at')
    .where('snapshot_id', '=', $.id)
    .orderBy('position'),
)
