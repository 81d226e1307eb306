import { useWords } from '../i18n/use-words.ts'

/** What a fact that rules ask for means and how it is known; '': nothing is written about it. */
export function useFactWords(): (path: string) => string {
  const { t, i18n } = useWords()
  return path => {
    const key = `policies:fact.${path}`
    // Only the backend knows which facts a rule asks for; a test compares all of them with the words.
    const say = t as unknown as (key: string) => unknown
    const words = i18n.exists(key) ? say(key) : ''
    return typeof words === 'string' ? words : ''
  }
}
