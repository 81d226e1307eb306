import { licences } from '../catalog/licences.ts'
import type { CatalogModel } from '../catalog/model.ts'
import { modelInfoOf, projectorInfoOf } from '../catalog/model-info.ts'
import { templates } from '../catalog/templates.ts'
import { tensorsOf } from '../catalog/tensors.ts'
import { capabilitiesOf, detailsOf, parentOf, quantizationOf } from './details.ts'
import type { Held, OllamaHost } from './host.ts'
import { modelfileOf, parametersOf } from './modelfile.ts'
import type { Release } from './release.ts'

const defaultFolder = '/usr/share/ollama/.ollama/models'

/**
 * `POST /api/show`: everything about one model, in the order of Go's struct; empty parts are left out (facts, section 7).
 */
export function showOf(held: Held, host: OllamaHost, release: Release): Record<string, unknown> {
  const { model } = held
  const inFile = release.since('0.30.0') ? model.inFile : null
  const remote = release.since('0.12.0') ? model.remote : null
  return withoutEmpty({
    license: model.licences.map(name => licences[name]).join('\n'),
    modelfile: modelfileOf(model, host.folder ?? defaultFolder, release),
    parameters: parametersOf(model, release),
    template: templates[inFile?.template ?? model.template],
    system: model.system,
    details: release.since('0.1.15') ? showDetails(held, release) : undefined,
    messages: release.since('0.1.21') ? model.messages : undefined,
    remote_model: remote?.model,
    remote_host: remote?.host,
    ...(release.since('0.1.45') ? fileParts(held, release) : {}),
    capabilities: release.since('0.6.4') ? capabilitiesOf(model, release, inFile !== null) : undefined,
    modified_at: release.since('0.1.45') ? held.modifiedAt : undefined,
    requires: release.since('0.14.0') ? model.requires : undefined,
    ...host.extraFields,
  })
}

function showDetails({ model }: Held, release: Release): unknown {
  return {
    ...detailsOf(model),
    parent_model: parentOf(model),
    quantization_level: quantizationOf(model, release),
  }
}

/** What is read from the model's own file. A stub has none; MLX weights are not listed without `verbose`. */
function fileParts({ model }: Held, release: Release): Record<string, unknown> {
  const { architecture, projector } = model
  if (architecture === null) return { model_info: remoteInfo(model, release) }
  const info = modelInfoOf(architecture, !release.since('0.6.7'))
  return {
    model_info: info,
    projector_info: projector === null ? undefined : projectorInfoOf(projector),
    tensors: release.since('0.6.1') ? tensorsOf(architecture) : undefined,
  }
}

/** Of a stub only what its maker said is known; since 0.14 an empty map is sent rather than nothing. */
function remoteInfo({ family, remote }: CatalogModel, release: Release): Record<string, unknown> | undefined {
  if (family === '') return release.since('0.14.0') ? {} : undefined
  const length = remote?.contextLength
  return {
    'general.architecture': family,
    ...(length === undefined ? {} : { [`${family}.context_length`]: length }),
  }
}

/** Go's `omitempty`: texts, lists and pointers go, structs, times and maps without it stay. */
function withoutEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
