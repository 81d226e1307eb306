import { createHash } from 'node:crypto'
import type { PromptTemplate, SystemPrompt } from '#shared/domain/system-prompt.ts'
import { objectOf } from './readers.ts'

/**
 * What may be known of the system prompt in an answer of `show`: that there is one, how long, which one (by its hash) and
 * which template it follows. The text ends here. null: the model has none.
 */
export function readSystemPrompt(body: unknown): SystemPrompt | null {
  const shown = objectOf(body)
  const own = shown?.['system']
  const text = typeof own === 'string' && own !== '' ? own : fromMessages(shown?.['messages'])
  if (text.trim() === '') return null
  return {
    sha256: createHash('sha256').update(text).digest('hex'),
    length: text.length,
    template: templateOf(text),
  }
}

/** Messages a model is created with may begin with one of the system's. */
function fromMessages(messages: unknown): string {
  if (!Array.isArray(messages)) return ''
  const texts = messages.slice(0, 1000).flatMap(message => {
    const { role, content } = objectOf(message) ?? {}
    return role === 'system' && typeof content === 'string' ? [content] : []
  })
  return texts.join('\n')
}

/** Longer ones are somebody's own. */
const longestTemplate = 4000

/** Words that the published "uncensored" prompts have in common (Dolphin and its descendants). */
const uncensored = ['uncensored', 'unfiltered', 'no restrictions', 'without restrictions', 'never refuse']

/** Prompts that models come with (from the published files of their vendors). */
const vendors = [
  'created by alibaba cloud',
  'developed by meta',
  'created by mistral ai',
  'trained by microsoft',
]

function templateOf(text: string): PromptTemplate | null {
  if (text.length > longestTemplate) return null
  const words = text.toLowerCase().split(/\s+/).join(' ').trim()
  if (uncensored.some(each => words.includes(each))) return 'uncensored'
  if (words.startsWith('you are ') && vendors.some(each => words.includes(each))) return 'vendor-default'
  const plain = ['you are a helpful assistant', 'you are a helpful ai assistant', 'you are an ai assistant']
  return plain.includes(words.replace(/\.$/, '')) ? 'helpful-assistant' : null
}
