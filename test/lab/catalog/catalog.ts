import type { CatalogModel } from './model.ts'
import { embeddingModels } from './models-embedding.ts'
import { llamaModels } from './models-llama.ts'
import { mistralModels } from './models-mistral.ts'
import { ownModels } from './models-own.ts'
import { qwenModels } from './models-qwen.ts'
import { remoteModels } from './models-remote.ts'

const all = [
  ...llamaModels,
  ...mistralModels,
  ...qwenModels,
  ...embeddingModels,
  ...ownModels,
  ...remoteModels,
]
const byName = new Map(all.map(model => [model.name, model]))

/** The model of that name. Equal names are equal models, wherever in the organisation they lie. */
export function catalogModel(name: string): CatalogModel {
  const found = byName.get(name)
  if (found === undefined) throw new Error(`the lab's catalogue has no model ${name}`)
  return found
}
