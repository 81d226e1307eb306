import { resources } from '../i18n/i18n.ts'
import type { Words } from '../i18n/use-words.ts'

type SignalName = keyof (typeof resources)['en']['terms']['signal']

/** The sentence of a signal; one that has none yet stays as the scanner calls it. */
export function signalWord(name: string, t: Words): string {
  const isKnown = Object.hasOwn(resources.en.terms.signal, name)
  return isKnown ? t(`terms:signal.${name as SignalName}`) : name
}
