import type { AuditChange } from '#shared/domain/audit.ts'

/** One field of something that was changed; null: it was not there, or is not there any more. */
export interface Difference {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

/** What a change changed, field by field; what stayed as it was is left out. */
export function differencesOf({ before, after }: AuditChange): Difference[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return names
    .map(field => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter(each => each.before !== each.after)
}

function fieldsOf(value: unknown): Map<string, string> {
  const fields = new Map<string, string>()
  collect(fields, '', value)
  return fields
}

/** Objects are gone into, lists are one value: their order and length is what matters of them. */
function collect(fields: Map<string, string>, path: string, value: unknown): void {
  if (value === null || value === undefined) return
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [name, below] of Object.entries(value))
      collect(fields, path === '' ? name : `${path}.${name}`, below)
    return
  }
  fields.set(path, textOf(value))
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value)
}

/** Of a bulk command: how many it changed; of others: what. */
export function subjectsOf(changes: readonly (AuditChange | null)[], count: number): string {
  const known = changes.flatMap(change => change?.subject ?? [])
  const [first] = known
  if (first === undefined) return ''
  return count > 1 ? `${first} +${count - 1}` : first
}
