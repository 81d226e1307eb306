import { createHash } from 'node:crypto'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { EndpointRow, InstanceRow } from '#shared/domain/instance.ts'
import type { ModelLicence } from '#shared/domain/licence.ts'
import type { Model } from '#shared/domain/model.ts'
import type { Sink } from './table.ts'

export interface BomSource {
  readonly organisation: string
  /** Of Paddock. */
  readonly version: string
  /** From the beginning, each time it is called. */
  readonly instances: () => Iterable<InstanceRow>
}

interface Seen {
  readonly ref: string
  readonly model: Model
  readonly names: Set<string>
  readonly capabilities: Set<string>
}

/**
 * A machine-learning bill of materials in CycloneDX 1.6 (ECMA-424): every instance a service, every model a component, once per
 * content. The same data give the same bytes: its date is that of the newest observation, its number a digest of what it holds.
 * It names no person.
 */
export function writeCycloneDx(source: BomSource, sink: Sink): void {
  const encoder = new TextEncoder()
  const write = (text: string) => sink(encoder.encode(text))
  const { models, newest, digest } = survey(source)
  const head = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(digest)}`,
    version: 1,
    metadata: metadataOf(source, newest),
  }
  write(JSON.stringify(head).slice(0, -1))
  write(',"components":')
  writeList(write, models.values(), componentOf)
  write(',"services":')
  writeList(write, source.instances(), serviceOf)
  write(',"dependencies":')
  writeList(write, source.instances(), dependencyOf)
  write('}\n')
}

function writeList<T>(
  write: (text: string) => void,
  list: Iterable<T>,
  describe: (each: T) => unknown,
): void {
  let separator = '[\n'
  for (const each of list) {
    write(`${separator}${JSON.stringify(describe(each))}`)
    separator = ',\n'
  }
  write(separator === '[\n' ? '[]' : '\n]')
}

/** What is held by several instances is one component: contents are few, however many instances there are. */
function survey({ instances, version, organisation }: BomSource) {
  const models = new Map<string, Seen>()
  const hash = createHash('sha256').update(JSON.stringify([version, organisation]))
  let newest = ''
  for (const instance of instances()) {
    hash.update(JSON.stringify([serviceOf(instance), instance.models]))
    if (instance.lastSeenAt > newest) newest = instance.lastSeenAt
    for (const model of instance.models ?? []) note(models, model)
  }
  const sorted = new Map([...models].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { models: sorted, newest, digest: hash.digest() }
}

function note(models: Map<string, Seen>, model: Model): void {
  const ref = refOf(model)
  const seen = models.get(ref) ?? { ref, model, names: new Set(), capabilities: new Set() }
  seen.names.add(model.name)
  for (const capability of model.capabilities ?? []) seen.capabilities.add(capability)
  models.set(ref, seen)
}

/** A model without a digest is known by its name alone. */
function refOf({ digest, name }: Model): string {
  return digest === null ? `model-name:${encodeURIComponent(name)}` : `model:${digest}`
}

function metadataOf({ organisation, version }: BomSource, newest: string) {
  return {
    ...(newest !== '' && { timestamp: newest }),
    lifecycles: [{ phase: 'discovery' }],
    tools: { components: [{ type: 'application', name: 'Paddock', version }] },
    ...(organisation !== '' && {
      component: { type: 'platform', 'bom-ref': 'organisation', name: organisation },
    }),
  }
}

type Property = readonly [name: string, value: string | number | boolean | null]

function properties(list: readonly Property[]) {
  return list.flatMap(([name, value]) =>
    value === null ? [] : [{ name: `paddock:${name}`, value: String(value) }],
  )
}

function componentOf({ ref, model, names, capabilities }: Seen) {
  const [name = model.name, ...others] = [...names].sort()
  const { digest, family, parameterSize, quantization, sizeBytes, remoteHost, licence } = model
  return {
    type: 'machine-learning-model',
    'bom-ref': ref,
    name,
    // The digest is that of the model's manifest, which names the digests of its layers.
    ...(digest !== null && { hashes: [{ alg: 'SHA-256', content: digest }] }),
    ...licensesOf(licence),
    ...(family !== null && { modelCard: { modelParameters: { architectureFamily: family } } }),
    properties: properties([
      ...(digest === null ? [] : ([['digestOf', 'manifest']] as const)),
      ['parameterSize', parameterSize],
      ['quantization', quantization],
      ['sizeBytes', sizeBytes],
      // Where prompts to it are sent.
      ['remoteHost', remoteHost],
      ...licenceProperties(licence),
      ...others.map(other => ['alsoCalled', other] as const),
      ...[...capabilities].sort().map(capability => ['capability', capability] as const),
    ]),
  }
}

/** By its SPDX identifier, or by name where SPDX lists none. What is not known is not said. */
function licensesOf(licence: ModelLicence | undefined) {
  const known = (licence?.licences ?? []).map(({ id, title }) => ({
    license: id.startsWith('LicenseRef-') ? { name: title } : { id },
  }))
  return known.length > 0 && { licenses: known }
}

/** What the licences above leave open: a text that is none of them, of which only the hash is kept. */
function licenceProperties(licence: ModelLicence | undefined): Property[] {
  if (licence === undefined || licence.state === 'unasked') return []
  const { state, sha256 } = licence
  return [
    ['licenceState', state],
    ['licenceSha256', sha256],
  ]
}

/** What asks for a login is known to; what was not asked is not said to be either. */
const authenticated = { open: false, 'auth-required': true, forbidden: null, unknown: null } as const

function serviceOf(instance: InstanceRow) {
  const { id, product, version, endpoints, access } = instance
  const needsLogin = authenticated[access]
  return {
    'bom-ref': `instance:${id}`,
    name: product,
    ...(version !== null && { version }),
    endpoints: endpoints.map(urlOf),
    ...(needsLogin !== null && { authenticated: needsLogin }),
    properties: properties([
      ['site', instance.site],
      ['zone', instance.zone],
      ['presence', instance.presence],
      ['confidence', instance.confidence],
      ['access', access],
      ['cors', instance.cors],
      ['toolCalling', instance.toolCalling],
      ['firstSeenAt', instance.firstSeenAt],
      ['lastSeenAt', instance.lastSeenAt],
    ]),
  }
}

function urlOf({ scheme, address, port, basePath }: EndpointRow): string {
  return `${scheme}://${formatAddressPort(address, port)}${encodeURI(basePath)}/`.replace(/\/+$/, '/')
}

function dependencyOf({ id, models }: InstanceRow) {
  const dependsOn = [...new Set((models ?? []).map(refOf))].sort()
  return { ref: `instance:${id}`, ...(dependsOn.length > 0 && { dependsOn }) }
}

/** A name-based identifier (RFC 9562, version 8: the digest is SHA-256). */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
