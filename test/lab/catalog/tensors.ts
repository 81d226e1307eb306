import type { Architecture } from './architecture.ts'

export interface Tensor {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
}

/** Types by GGUF `general.file_type`: the usual matrices, the more precise ones, norms and biases. */
const typesOf: Record<number, readonly [matrix: string, precise: string]> = {
  1: ['F16', 'F16'],
  2: ['Q4_0', 'Q6_K'],
  4: ['MXFP4', 'BF16'],
  7: ['Q8_0', 'Q8_0'],
  15: ['Q4_K', 'Q6_K'],
  32: ['BF16', 'BF16'],
}

/** The names under which `general.file_type` is shown where a manifest does not say. */
export const fileTypeNames: Record<number, string> = {
  1: 'F16',
  2: 'Q4_0',
  4: 'MXFP4',
  7: 'Q8_0',
  15: 'Q4_K_M',
  32: 'BF16',
}

/** The tensors of a network, in the order of its file: some hundreds, which `show` lists since 0.6.1 (facts, section 7). */
export function tensorsOf(architecture: Architecture): Tensor[] {
  const [matrix, precise] = typesOf[architecture.fileType] ?? ['F32', 'F32']
  const { embedding, vocabulary, blocks } = architecture
  const tensors: Tensor[] = [{ name: 'token_embd.weight', type: precise, shape: [embedding, vocabulary] }]
  if (architecture.tied !== true && architecture.tokenizer !== 'bert') {
    tensors.push({ name: 'output.weight', type: precise, shape: [embedding, vocabulary] })
  }
  for (let block = 0; block < blocks; block++) {
    tensors.push(...blockTensors(architecture, `blk.${block}`, block % 2 === 0 ? precise : matrix, matrix))
  }
  tensors.push({ name: 'output_norm.weight', type: 'F32', shape: [embedding] })
  for (let block = 0; block < (architecture.visionBlocks ?? 0); block++) {
    tensors.push(...visionTensors(`v.blk.${block}`))
  }
  return tensors
}

/** Every second block keeps the value and down matrices in the more precise type, as llama.cpp's K quants do. */
function blockTensors(architecture: Architecture, prefix: string, precise: string, matrix: string): Tensor[] {
  const { embedding, feedForward, heads, headsKv, experts } = architecture
  const key = Math.floor(embedding / heads) * headsKv
  const kind = experts === undefined ? '' : '_exps'
  const inner = experts === undefined ? [embedding, feedForward] : [embedding, feedForward, experts]
  const outer = experts === undefined ? [feedForward, embedding] : [feedForward, embedding, experts]
  return [
    { name: `${prefix}.attn_k.weight`, type: matrix, shape: [embedding, key] },
    { name: `${prefix}.attn_norm.weight`, type: 'F32', shape: [embedding] },
    { name: `${prefix}.attn_output.weight`, type: matrix, shape: [embedding, embedding] },
    { name: `${prefix}.attn_q.weight`, type: matrix, shape: [embedding, embedding] },
    { name: `${prefix}.attn_v.weight`, type: precise, shape: [embedding, key] },
    { name: `${prefix}.ffn_down${kind}.weight`, type: precise, shape: outer },
    { name: `${prefix}.ffn_gate${kind}.weight`, type: matrix, shape: inner },
    { name: `${prefix}.ffn_norm.weight`, type: 'F32', shape: [embedding] },
    { name: `${prefix}.ffn_up${kind}.weight`, type: matrix, shape: inner },
  ]
}

function visionTensors(prefix: string): Tensor[] {
  const parts = ['attn_k', 'attn_output', 'attn_q', 'attn_v', 'mlp.fc1', 'mlp.fc2']
  return parts.flatMap(part => [
    { name: `${prefix}.${part}.bias`, type: 'F32', shape: [1152] },
    { name: `${prefix}.${part}.weight`, type: 'F16', shape: [1152, 1152] },
  ])
}
