import * as z from 'zod'

/** Kinds of AI software Paddock tells apart. `unknown`: something answers in their place and is not proven to be one. */
export const products = [
  'ollama',
  'open-webui',
  'lm-studio',
  'llama.cpp',
  'localai',
  'koboldcpp',
  'lemonade',
  'docker-model-runner',
  'sglang',
  'vllm',
  'unknown',
] as const
export const Product = z.enum(products)
export type Product = z.infer<typeof Product>

/** What an unknown one may be: an Ollama behind a guard, or something that imitates one. */
export const Suspected = z.enum(['ollama', 'honeypot']).nullable()
export type Suspected = z.infer<typeof Suspected>

/** From here on Paddock says "this is an Ollama" (of 100). */
export const certainFrom = 70

/** One observation that speaks for (points above 0) or against a product. */
export const Signal = z.object({
  /** Key of the sentence in the locales, `signal.<name>`. */
  name: z.string(),
  points: z.int(),
  /** What was actually seen, shortened. */
  saw: z.string(),
})
export type Signal = z.infer<typeof Signal>

export const Identity = z.object({
  product: Product,
  confidence: z.int().min(0).max(100),
  suspected: Suspected,
  signals: z.array(Signal),
})
export type Identity = z.infer<typeof Identity>
