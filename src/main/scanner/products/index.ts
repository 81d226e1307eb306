import type { ProductRule } from '../product.ts'
import { dockerModelRunner } from './docker-model-runner.ts'
import { koboldCpp } from './koboldcpp.ts'
import { lemonade } from './lemonade.ts'
import { llamaCpp } from './llama-cpp.ts'
import { lmStudio } from './lm-studio.ts'
import { localAi } from './localai.ts'
import { ollama } from './ollama.ts'
import { openWebUi } from './open-webui.ts'
import { sglang } from './sglang.ts'
import { vllm } from './vllm.ts'

/** Every product Paddock recognises. The look-alikes name themselves; what is left over may be Ollama. */
export const lookAlikes: readonly ProductRule[] = [
  dockerModelRunner,
  koboldCpp,
  lemonade,
  llamaCpp,
  lmStudio,
  localAi,
  openWebUi,
  sglang,
  vllm,
]

export const productRules: readonly ProductRule[] = [ollama, ...lookAlikes]
