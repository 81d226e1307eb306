/** The dimensions of a network: what its `model_info` and its list of tensors follow from. */
export interface Architecture {
  readonly name: string
  readonly blocks: number
  readonly context: number
  readonly embedding: number
  readonly feedForward: number
  readonly heads: number
  readonly headsKv: number
  readonly vocabulary: number
  readonly parameterCount: number
  /** GGUF `general.file_type`: 1 F16, 2 Q4_0, 7 Q8_0, 15 Q4_K_M, 32 BF16. */
  readonly fileType: number
  readonly tokenizer: 'gpt2' | 'llama' | 'bert'
  /** Input and output share one matrix: there is no `output.weight`. */
  readonly tied?: boolean
  /** An embedding model: present exactly where the file holds `<arch>.pooling_type`. */
  readonly pooling?: number
  readonly visionBlocks?: number
  readonly audioBlocks?: number
  readonly experts?: number
}

/** Every network the catalogue uses, each with its published dimensions. */
export const architectures = {
  llama2: base('llama', [32, 4096, 4096, 11008, 32, 32, 32000], 6738415616, 2, 'llama'),
  gemma: base('gemma', [28, 8192, 3072, 24576, 16, 16, 256000], 8537680896, 2, 'llama', { tied: true }),
  llama3: base('llama', [32, 8192, 4096, 14336, 32, 8, 128256], 8030261312, 2, 'gpt2'),
  llama31: base('llama', [32, 131072, 4096, 14336, 32, 8, 128256], 8030261312, 15, 'gpt2'),
  llama32: base('llama', [28, 131072, 3072, 8192, 24, 8, 128256], 3212749888, 15, 'gpt2', { tied: true }),
  llama32Small: base('llama', [16, 131072, 2048, 8192, 32, 8, 128256], 1235814432, 7, 'gpt2', { tied: true }),
  llama33: base('llama', [80, 131072, 8192, 28672, 64, 8, 128256], 70553706560, 15, 'gpt2'),
  mllama: base('mllama', [40, 131072, 4096, 14336, 32, 8, 128256], 9775192064, 15, 'gpt2'),
  mistral: base('llama', [32, 32768, 4096, 14336, 32, 8, 32768], 7248023552, 15, 'llama'),
  mistralOld: base('llama', [32, 32768, 4096, 14336, 32, 8, 32000], 7241732096, 2, 'llama'),
  mistralSmall: base('llama', [40, 131072, 5120, 32768, 32, 8, 131072], 23572403200, 15, 'gpt2'),
  mistral3: base('mistral3', [40, 131072, 5120, 32768, 32, 8, 131072], 24011361280, 15, 'gpt2', {
    visionBlocks: 24,
  }),
  phi3: base('phi3', [32, 131072, 3072, 8192, 32, 32, 32064], 3821079648, 15, 'llama'),
  phi4: base('phi3', [40, 16384, 5120, 17920, 40, 10, 100352], 14659507200, 15, 'gpt2'),
  qwen25: base('qwen2', [28, 32768, 3584, 18944, 28, 4, 152064], 7615616512, 15, 'gpt2'),
  qwen25Small: base('qwen2', [28, 131072, 1536, 8960, 12, 2, 151936], 1777088000, 15, 'gpt2'),
  qwen25Medium: base('qwen2', [48, 131072, 5120, 13824, 40, 8, 152064], 14770033664, 15, 'gpt2'),
  qwen25vl: base('qwen25vl', [28, 128000, 3584, 18944, 28, 4, 152064], 8292166656, 15, 'gpt2', {
    visionBlocks: 32,
  }),
  qwen3Small: base('qwen3', [36, 40960, 2560, 9728, 32, 8, 151936], 4022468096, 15, 'gpt2', { tied: true }),
  qwen3: base('qwen3', [36, 40960, 4096, 12288, 32, 8, 151936], 8190735360, 15, 'gpt2'),
  qwen3Large: base('qwen3', [64, 40960, 5120, 25600, 64, 8, 151936], 32762123264, 15, 'gpt2'),
  qwen3moe: base('qwen3moe', [48, 262144, 2048, 5472, 32, 4, 151936], 30532122624, 15, 'gpt2', {
    experts: 128,
  }),
  qwen3Embedding: base('qwen3', [28, 32768, 1024, 3072, 16, 8, 151669], 595776512, 7, 'gpt2', { pooling: 3 }),
  gemma2: base('gemma2', [42, 8192, 3584, 14336, 16, 8, 256000], 9241705984, 2, 'llama', { tied: true }),
  gemma3Small: base('gemma3', [26, 32768, 1152, 6912, 4, 1, 262144], 999885952, 15, 'llama', { tied: true }),
  gemma3: base('gemma3', [34, 131072, 2560, 10240, 8, 4, 262144], 4299915632, 15, 'llama', {
    tied: true,
    visionBlocks: 27,
  }),
  gemma3Large: base('gemma3', [62, 131072, 5376, 21504, 32, 16, 262144], 27432406640, 15, 'llama', {
    tied: true,
    visionBlocks: 27,
  }),
  gemma4: base('gemma4', [35, 131072, 2560, 10240, 8, 2, 262144], 7996157418, 15, 'llama', {
    tied: true,
    visionBlocks: 27,
    audioBlocks: 12,
  }),
  gemmaEmbedding: base('gemma3', [24, 2048, 768, 1152, 3, 1, 262144], 307581696, 32, 'llama', {
    tied: true,
    pooling: 1,
  }),
  gptOss: base('gptoss', [24, 131072, 2880, 2880, 64, 8, 201088], 20914757184, 4, 'gpt2', { experts: 32 }),
  gptOssLarge: base('gptoss', [36, 131072, 2880, 2880, 64, 8, 201088], 116829156672, 4, 'gpt2', {
    experts: 128,
  }),
  granite: base('granite', [40, 131072, 4096, 12800, 32, 8, 49159], 8170848256, 15, 'gpt2', { tied: true }),
  nomic: base('nomic-bert', [12, 2048, 768, 3072, 12, 12, 30522], 136727040, 1, 'bert', { pooling: 1 }),
  bertLarge: base('bert', [24, 512, 1024, 4096, 16, 16, 30522], 334093312, 1, 'bert', { pooling: 2 }),
  bgeM3: base('bert', [24, 8192, 1024, 4096, 16, 16, 250002], 566703104, 1, 'bert', { pooling: 2 }),
  clip: base('clip', [23, 0, 1024, 4096, 16, 16, 0], 311892992, 1, 'llama'),
  mllamaVision: base('mllama', [32, 0, 1280, 5120, 16, 16, 0], 895030784, 1, 'llama'),
} as const

type Dimensions = readonly [
  blocks: number,
  context: number,
  embedding: number,
  feedForward: number,
  heads: number,
  headsKv: number,
  vocabulary: number,
]
type Extras = Pick<Architecture, 'tied' | 'pooling' | 'visionBlocks' | 'audioBlocks' | 'experts'>

function base(
  name: string,
  [blocks, context, embedding, feedForward, heads, headsKv, vocabulary]: Dimensions,
  parameterCount: number,
  fileType: number,
  tokenizer: Architecture['tokenizer'],
  extras: Extras = {},
): Architecture {
  const dimensions = { blocks, context, embedding, feedForward, heads, headsKv, vocabulary }
  return { name, ...dimensions, parameterCount, fileType, tokenizer, ...extras }
}
