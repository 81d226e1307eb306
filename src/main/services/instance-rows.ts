import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import { leadingEndpoint } from '../governance/summarise.ts'
import { generationOf } from '../scanner/products/ollama-show.ts'
import { type InstanceRecord, instancesByIds } from '../store/instances.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import { departedFacts } from './departed.ts'
import { advisoryCounter } from './instance-advisories.ts'
import { endpointFacts, endpointFactsOf, type KnownFacts, modelsOf } from './instance-summary.ts'
import { saidOfModels, type Triple } from './known-claims.ts'
import { licencesAmong, withLicences } from './model-licences.ts'
import { leadingOwner, ownerOf, ownershipBasisOf, ownershipsOf } from './ownership.ts'
import { rowOf } from './row-of.ts'
import { saidAmong, saidOf } from './said.ts'

/** A row of the inventory, put together from the instance's own columns and its endpoints. */
export function instanceRow(
  store: ReadableStore,
  shelf: AdvisoryShelf,
  record: InstanceRecord,
): InventoryPageRow {
  const endpoints = endpointFacts(store, record.id)
  const listed = modelsOf(store, endpoints)
  const licenceOf = licencesAmong(
    store,
    (listed ?? []).map(({ digest }) => digest),
  )
  const models = withLicences(listed, licenceOf)
  return {
    ...rowOf(record, endpoints, models, ownerOf(store, record)),
    ...saidOf(store, record.id),
    advisories: advisoryCounter(store, shelf)(leadingEndpoint(endpoints).facts),
  }
}

/** Rows of several instances, in the order of the ids. One that is no row any more is left out. */
export function instanceRows(
  store: ReadableStore,
  shelf: AdvisoryShelf,
  ids: readonly number[],
): InventoryPageRow[] {
  const list = JSON.stringify(ids)
  const records = new Map(instancesByIds(store, { ids: list }).map(record => [record.id, record]))
  const endpoints: Map<number, KnownFacts[]> = Map.groupBy(
    endpointFactsOf(store, list),
    ({ record }) => record.instance_id,
  )
  const needed = [...endpoints.values()].flatMap(claimsNeeded)
  const claims = saidOfModels(store, needed)
  const licenceOf = licencesAmong(
    store,
    needed.map(([, digest]) => digest),
  )
  const basis = ownershipBasisOf(store, list)
  const advisoriesOf = advisoryCounter(store, shelf)
  const said = saidAmong(store, list)
  return ids.flatMap(id => {
    const record = records.get(id)
    const own: KnownFacts[] = endpoints.get(id) ?? departedFacts(store, id)
    if (record === undefined || own.length === 0) return []
    const advisories = advisoriesOf(leadingEndpoint(own).facts)
    const owner = leadingOwner(ownershipsOf(store, record, basis))
    const models = withLicences(modelsOf(store, own, claims), licenceOf)
    return [{ ...rowOf(record, own, models, owner), ...said(id), advisories }]
  })
}

/** What has to be known of the models an instance shows. */
function claimsNeeded(endpoints: readonly KnownFacts[]): Triple[] {
  const { record, facts } = leadingEndpoint(endpoints)
  const generation = generationOf(facts.version)
  return (facts.models ?? []).flatMap(({ digest }) =>
    digest === null ? [] : [[record.site_id, digest, generation] as const],
  )
}
