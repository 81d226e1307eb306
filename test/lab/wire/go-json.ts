/**
 * JSON as Go's encoding/json writes it: no spaces, `<`, `>` and `&` escaped for HTML, the two Unicode line separators
 * escaped. JavaScript keeps the order in which keys were set, so a literal's order is the wire's order.
 */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(escaped, character => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

const escaped = /[<>&\u2028\u2029]/g

/** Go writes the keys of a map (not of a struct) in byte order. */
export function sortedMap(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
}
