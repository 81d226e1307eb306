import type { Lab } from '#lab/lab.ts'
import { knownLicences } from '#lab/organisation/known-licences.ts'
import type { InstanceTruth } from '#lab/truth.ts'
import type { InstanceRow } from '#shared/domain/instance.ts'
import { licenceIds } from '#shared/domain/licence.ts'
import { must, type TestBackend } from './backend.ts'

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

/** What a row says, in the terms of the lab's truth. */
export function told(row: InstanceRow | undefined) {
  if (row === undefined) return undefined
  const { address, port, product, suspected, version, access, tls, cors } = row
  return {
    ...{ address, port, product, suspected, version, access, tls, cors },
    ...{ capabilities: row.capabilities, toolCalling: row.toolCalling },
    running: row.running && [...row.running].sort(),
    // Of a content, whoever holds it: compared by itself.
    models: row.models?.map(({ licence: _, ...model }) => model).sort(byName) ?? null,
  }
}

/** The truth in the form of `told`. */
export function expected(truth: InstanceTruth) {
  const { kind: _, outcome: __, firm: ___, host: ____, accessApi, accessV1, server, ...rest } = truth
  return {
    ...rest,
    models: rest.models && [...rest.models].map(sortCapabilities).sort(byName),
    capabilities: rest.capabilities && [...rest.capabilities].sort(),
    running: rest.running && [...rest.running].sort(),
  }
}

/** Licences of the models of a row, by the models' names. */
export function toldLicences(row: InstanceRow | undefined) {
  return Object.fromEntries((row?.models ?? []).map(({ name, licence }) => [name, licenceIds(licence)]))
}

/** Of stubs nobody may be asked, and a damaged model has no details; of the others somebody was asked. */
export function expectedLicences({ models }: InstanceTruth) {
  return Object.fromEntries(
    (models ?? []).map(({ name, remoteHost, capabilities }) => [
      name,
      remoteHost === null && capabilities !== null ? knownLicences(name) : [null],
    ]),
  )
}

function sortCapabilities<M extends { capabilities: readonly string[] | null }>(model: M): M {
  return { ...model, capabilities: model.capabilities && [...model.capabilities].sort() }
}

/** Registers what a lab serves as a range. */
export async function registerLab(backend: TestBackend, lab: Lab, ports: readonly number[]): Promise<void> {
  for (const block of lab.blocks) {
    await must(
      backend.call('range.add', {
        block,
        site: 'Lab',
        authorisedBy: 'Test',
        reference: 'T-1',
        ports: [...ports],
        exclusions: [...lab.excluded],
      }),
    )
  }
}
