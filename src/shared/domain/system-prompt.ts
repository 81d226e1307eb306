import * as z from 'zod'

/** What a known system prompt says about a model. A match is a lower bound: prompts of one's own are in no list. */
export const promptTemplates = ['helpful-assistant', 'vendor-default', 'uncensored'] as const
export const PromptTemplate = z.enum(promptTemplates)
export type PromptTemplate = z.infer<typeof PromptTemplate>

/** A system prompt a model shows to whoever asks. Its text may be confidential and is never kept. */
export const SystemPrompt = z.object({
  /** SHA-256 of the text, 64 hex digits: equal prompts are recognised without being read. */
  sha256: z.string(),
  /** In characters. */
  length: z.int().nonnegative(),
  template: PromptTemplate.nullable(),
})
export type SystemPrompt = z.infer<typeof SystemPrompt>
