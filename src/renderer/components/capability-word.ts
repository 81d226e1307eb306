import type { Words } from '../i18n/use-words.ts'

const known = ['completion', 'tools', 'insert', 'vision', 'embedding', 'thinking', 'image', 'audio'] as const

/** A capability in the language on show; one that nobody has translated yet stays as the server writes it. */
export function capabilityWord(name: string, t: Words): string {
  const translated = known.find(each => each === name)
  return translated === undefined ? name : t(`terms:capability.${translated}`)
}
