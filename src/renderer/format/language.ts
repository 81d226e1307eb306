export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** The language to begin with, from what the system prefers. */
export function preferredLanguage(system: readonly string[]): Language {
  const known = system.map(tag => tag.slice(0, 2).toLowerCase())
  return languages.find(language => known[0] === language) ?? 'en'
}
