import { architectures } from './architecture.ts'
import { type CatalogModel, model } from './model.ts'

/** Embedding models: half of what says "documents are being indexed here". */
export const embeddingModels: readonly CatalogModel[] = [
  model({
    name: 'nomic-embed-text:latest',
    sizeBytes: 274302450,
    family: 'nomic-bert',
    parameterSize: '137M',
    quantization: 'F16',
    capabilities: ['embedding'],
    architecture: architectures.nomic,
    licences: ['apache'],
    parameters: [['num_ctx', 8192]],
  }),
  model({
    name: 'mxbai-embed-large:latest',
    sizeBytes: 669615493,
    family: 'bert',
    parameterSize: '334M',
    quantization: 'F16',
    capabilities: ['embedding'],
    architecture: architectures.bertLarge,
    licences: ['apache'],
    parameters: [['num_ctx', 512]],
  }),
  model({
    name: 'bge-m3:latest',
    sizeBytes: 1157672605,
    family: 'bert',
    parameterSize: '566.70M',
    quantization: 'F16',
    capabilities: ['embedding'],
    architecture: architectures.bgeM3,
    licences: ['mit'],
  }),
  // An ordinary family: only pooling_type tells that the next two embed (facts, section 7).
  model({
    name: 'embeddinggemma:300m',
    sizeBytes: 621875917,
    family: 'gemma3',
    parameterSize: '307.58M',
    quantization: 'BF16',
    capabilities: ['embedding'],
    architecture: architectures.gemmaEmbedding,
    licences: ['gemma'],
    requires: '0.11.10',
  }),
  model({
    name: 'qwen3-embedding:0.6b',
    sizeBytes: 639153184,
    family: 'qwen3',
    parameterSize: '595.78M',
    quantization: 'Q8_0',
    capabilities: ['embedding'],
    architecture: architectures.qwen3Embedding,
    licences: ['apache'],
  }),
]
