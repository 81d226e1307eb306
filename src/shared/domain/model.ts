import * as z from 'zod'
import { ModelLicence } from './licence.ts'

/**
 * A model an instance holds. null means unknown; an empty list means known to be none.
 * `capabilities` come from the instance's own list (Ollama ≥ 0.30) and from details asked for its digest.
 */
export const Model = z.object({
  name: z.string(),
  /** 64 hex digits, the SHA-256 of the manifest; equal digests are the same model. */
  digest: z.string().nullable(),
  family: z.string().nullable(),
  /** As sent: `8.2B`, `751.63M`. */
  parameterSize: z.string().nullable(),
  quantization: z.string().nullable(),
  sizeBytes: z.int().nonnegative().nullable(),
  capabilities: z.array(z.string()).nullable(),
  /** Where prompts to this model are sent; null: it runs on the instance itself. */
  remoteHost: z.string().nullable(),
  /** Of its content, by whoever was asked. Absent: not looked up. */
  licence: ModelLicence.optional(),
})
export type Model = z.infer<typeof Model>

/** A model held in memory when the instance was asked. */
export const RunningModel = z.object({
  name: z.string(),
  digest: z.string().nullable(),
  sizeBytes: z.int().nonnegative().nullable(),
  /** Part of it in graphics memory. */
  vramBytes: z.int().nonnegative().nullable(),
  expiresAt: z.string().nullable(),
  contextLength: z.int().nonnegative().nullable(),
})
export type RunningModel = z.infer<typeof RunningModel>

/** The union of what the models declare: null if nothing is known of any, [] if there are none or none declares any. */
export function capabilitiesOf(models: readonly Pick<Model, 'capabilities'>[] | null): string[] | null {
  if (models === null) return null
  const known = models.flatMap(model => (model.capabilities === null ? [] : [model.capabilities]))
  if (known.length === 0 && models.length > 0) return null
  return [...new Set(known.flat())].sort()
}

/** true: some model declares tools; false: every model is known and none does; null: cannot be said. */
export function toolCallingOf(models: readonly Pick<Model, 'capabilities'>[] | null): boolean | null {
  if (models === null) return null
  if (models.some(model => model.capabilities?.includes('tools'))) return true
  return models.every(model => model.capabilities !== null) ? false : null
}
