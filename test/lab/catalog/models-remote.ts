import { type CatalogModel, model, type Remote } from './model.ts'

const cloud = 'https://ollama.com:443'

/**
 * Stubs: the prompts go elsewhere. Only `remote_host` says so (facts, section 5): the name need not hold "cloud", and the
 * other place may just as well be a machine in the same building.
 */
export const remoteModels: readonly CatalogModel[] = [
  stub('gpt-oss:120b-cloud', 384, 'gptoss', '116.8B', 'MXFP4', ['completion', 'tools', 'thinking'], {
    model: 'gpt-oss:120b',
    host: cloud,
    contextLength: 131072,
  }),
  stub(
    'deepseek-v3.1:671b-cloud',
    405,
    'deepseek2',
    '671.0B',
    'FP8_E4M3',
    ['completion', 'tools', 'thinking'],
    {
      model: 'deepseek-v3.1:671b',
      host: cloud,
      contextLength: 163840,
    },
  ),
  stub('glm-4.6:cloud', 366, 'glm4moe', '355.0B', 'FP8_E4M3', ['completion', 'tools', 'thinking'], {
    model: 'glm-4.6',
    host: cloud,
    contextLength: 202752,
  }),
  stub('team-assistant:latest', 391, 'qwen3moe', '480.2B', 'BF16', ['completion', 'tools'], {
    model: 'qwen3-coder:480b',
    host: cloud,
    contextLength: 262144,
  }),
  stub('shared-llama:latest', 322, 'llama', '70.6B', 'Q4_K_M', ['completion', 'tools'], {
    model: 'llama3.3:70b',
    host: 'http://10.20.0.15:11434',
  }),
  // Made without a word about the model behind it: nothing is known of it, in any release (observed).
  model({
    name: 'overflow:latest',
    sizeBytes: 194,
    format: '',
    family: '',
    families: null,
    parameterSize: '',
    quantization: '',
    capabilities: [],
    remote: { model: 'mistral-small3.2:24b', host: 'http://gpu-02.example.internal:11434' },
  }),
]

function stub(
  name: string,
  sizeBytes: number,
  family: string,
  parameterSize: string,
  quantization: string,
  capabilities: readonly string[],
  remote: Remote,
): CatalogModel {
  return model({ name, sizeBytes, format: '', family, parameterSize, quantization, capabilities, remote })
}
