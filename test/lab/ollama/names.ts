import type { Held } from './host.ts'
import type { Release } from './release.ts'

/** Finds a held model by the name somebody asked for: without tag it means `latest`, the public registry goes without saying. */
export function findHeld(holds: readonly Held[], asked: string, release: Release): Held | null {
  const short = asked.replace(/^(?:https?:\/\/)?registry\.ollama\.ai\/(?:library\/)?/, '')
  // Since 0.18.0 the tag `local` means "not the cloud one" and is dropped, so a model really called so is never found.
  const wanted = withTag(release.since('0.18.0') ? short.replace(/:local$/, '') : short)
  // Names are found regardless of case since 0.5 (getExistingName).
  const same = release.since('0.5.0')
    ? (name: string) => name.toLowerCase() === wanted.toLowerCase()
    : (name: string) => name === wanted
  return holds.find(({ model }) => same(model.name)) ?? null
}

export function withTag(name: string): string {
  return name.lastIndexOf(':') > name.lastIndexOf('/') ? name : `${name}:latest`
}

/** Ollama's rule for names: `host/namespace/model:tag`, each part beginning with a letter, digit or underscore. */
export function isValidName(name: string): boolean {
  const tagged = withTag(name)
  const colon = tagged.lastIndexOf(':')
  const parts = [...tagged.slice(0, colon).split('/'), tagged.slice(colon + 1)]
  return parts.length <= 4 && parts.every(part => /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,349}$/.test(part))
}

/** Since 0.18.0 such a name is passed on to ollama.com, signed with the host's own key (facts, section 7). */
export function isCloudName(name: string): boolean {
  const tag = withTag(name)
    .slice(withTag(name).lastIndexOf(':') + 1)
    .toLowerCase()
  return tag === 'cloud' || tag.endsWith('-cloud')
}
