import { sortedMap } from '../wire/go-json.ts'
import type { Architecture } from './architecture.ts'

const tokenizers = {
  gpt2: { pre: 'llama-bpe', bos: 128000, eos: 128009 },
  llama: { pre: 'default', bos: 1, eos: 2 },
  bert: { pre: 'jina-v2-en', bos: 101, eos: 102 },
} as const

/**
 * The flat keys of a GGUF file as `show` gives them: sorted, long arrays null, without `general.name` and the chat template
 * (observed on 0.3.14 to 0.33.0-rc2). Releases before 0.6.7 still give short arrays: `shortLists`.
 */
export function modelInfoOf(architecture: Architecture, shortLists: boolean): Record<string, unknown> {
  return sortedMap({
    ...generalKeys(architecture, shortLists),
    ...networkKeys(architecture),
    ...tokenizerKeys(architecture),
  })
}

function generalKeys(architecture: Architecture, shortLists: boolean): Record<string, unknown> {
  return {
    'general.architecture': architecture.name,
    'general.file_type': architecture.fileType,
    'general.languages': shortLists ? ['en', 'de', 'fr'] : null,
    'general.parameter_count': architecture.parameterCount,
    'general.quantization_version': 2,
    'general.type': 'model',
  }
}

function networkKeys(architecture: Architecture): Record<string, unknown> {
  const { name } = architecture
  const epsilon = architecture.tokenizer === 'bert' ? 'layer_norm_epsilon' : 'layer_norm_rms_epsilon'
  return {
    [`${name}.attention.head_count`]: architecture.heads,
    [`${name}.attention.head_count_kv`]: architecture.headsKv,
    [`${name}.attention.${epsilon}`]: architecture.tokenizer === 'bert' ? 1e-12 : 0.000001,
    [`${name}.block_count`]: architecture.blocks,
    [`${name}.context_length`]: architecture.context,
    [`${name}.embedding_length`]: architecture.embedding,
    [`${name}.feed_forward_length`]: architecture.feedForward,
    [`${name}.rope.freq_base`]: 1000000,
    ...optional(`${name}.expert_count`, architecture.experts),
    ...optional(`${name}.pooling_type`, architecture.pooling),
    ...optional(`${name}.vision.block_count`, architecture.visionBlocks),
    ...optional(`${name}.audio.block_count`, architecture.audioBlocks),
  }
}

function tokenizerKeys(architecture: Architecture): Record<string, unknown> {
  const { pre, bos, eos } = tokenizers[architecture.tokenizer]
  return {
    'tokenizer.ggml.bos_token_id': bos,
    'tokenizer.ggml.eos_token_id': eos,
    'tokenizer.ggml.merges': null,
    'tokenizer.ggml.model': architecture.tokenizer,
    'tokenizer.ggml.pre': pre,
    'tokenizer.ggml.token_type': null,
    'tokenizer.ggml.tokens': null,
  }
}

function optional(key: string, value: number | undefined): Record<string, number> {
  return value === undefined ? {} : { [key]: value }
}

/** The keys of a projector file; it says what it is by its own names. */
export function projectorInfoOf(architecture: Architecture): Record<string, unknown> {
  const prefix = `${architecture.name}.vision`
  return sortedMap({
    'general.architecture': architecture.name,
    'general.file_type': architecture.fileType,
    'general.parameter_count': architecture.parameterCount,
    [`${architecture.name}.has_vision_encoder`]: true,
    [`${prefix}.attention.head_count`]: architecture.heads,
    [`${prefix}.block_count`]: architecture.blocks,
    [`${prefix}.embedding_length`]: architecture.embedding,
    [`${prefix}.image_size`]: 336,
    [`${prefix}.patch_size`]: 14,
  })
}
