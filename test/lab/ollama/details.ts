import { blobOf, type CatalogModel } from '../catalog/model.ts'
import { fileTypeNames } from '../catalog/tensors.ts'
import type { Release } from './release.ts'

/** The fields of a model that several answers share, as the given release writes them. */
export interface Details {
  readonly parent_model: string
  readonly format: string
  readonly family: string
  readonly families: readonly string[] | null
  readonly parameter_size: string
  readonly quantization_level: string
  readonly context_length?: number
  readonly embedding_length?: number
}

export function detailsOf(model: CatalogModel): Details {
  return {
    parent_model: '',
    format: model.format,
    family: model.family,
    families: model.families,
    parameter_size: model.parameterSize,
    quantization_level: model.quantization,
  }
}

/** In lists since 0.30: two lengths more, the parent, and the quantization from the file where the manifest has none. */
export function listDetailsOf(model: CatalogModel, release: Release): Details {
  if (!release.since('0.30.0')) return detailsOf(model)
  return {
    ...detailsOf(model),
    parent_model: parentOf(model),
    quantization_level: quantizationOf(model, release),
    ...lengthsOf(model),
  }
}

function lengthsOf({ architecture, remote }: CatalogModel): Partial<Details> {
  if (architecture !== null) {
    return { context_length: architecture.context, embedding_length: architecture.embedding }
  }
  return remote?.contextLength === undefined ? {} : { context_length: remote.contextLength }
}

/** Since 0.30 an unknown quantization is looked up in the file. */
export function quantizationOf(model: CatalogModel, release: Release): string {
  if (model.quantization !== 'unknown' || !release.since('0.30.0')) return model.quantization
  return fileTypeNames[model.architecture?.fileType ?? -1] ?? 'unknown'
}

/** A name always carries a tag, which most people leave out. */
export function parentOf(model: CatalogModel): string {
  return model.parent === '' || model.parent.includes(':') ? model.parent : `${model.parent}:latest`
}

/** The path of the weights. Before 0.1.29 it held a colon, which Windows does not allow in names. */
export function blobPath(of: string, folder: string, release: Release): string {
  return `${folder}/blobs/sha256${release.since('0.1.29') ? '-' : ':'}${blobOf(of)}`
}

/**
 * What a release declares of a model: it lists what it knows (facts, section 7). `inFile` are those only the chat
 * template inside the file reveals, for `show` of 0.30 and later.
 */
export function capabilitiesOf(model: CatalogModel, release: Release, inFile: boolean): string[] {
  const found = inFile ? [...(model.inFile?.capabilities ?? []), ...model.capabilities] : model.capabilities
  // Of MLX weights a parser says `tools` a second time after the manifest did (facts, section 7: duplicates until 0.24).
  const twice = model.format === 'safetensors' && found.includes('tools') && !release.since('0.30.0')
  return [...found, ...(twice ? ['tools'] : [])].filter(capability => {
    if (capability === 'thinking') return release.since('0.9.0')
    if (capability === 'audio') return release.since('0.20.0')
    // Until 0.6.8 nobody looked whether a projector lies beside the model.
    if (capability === 'vision') return model.projector === null || release.since('0.6.8')
    return true
  })
}
