import * as z from 'zod'
import { Facts, type Part } from './facts.ts'

/** Every fact a rule can name, from the schema itself: `exposure.unauthenticated`, `models`. */
export const factPaths: readonly string[] = Object.entries(Facts.shape).flatMap(([name, schema]) => {
  const fields = fieldsOf(schema)
  return fields.length === 0 || isList(schema) ? [name] : fields.map(field => `${name}.${field}`)
})

const lists = { model: 'models', advisory: 'advisories', exception: 'exceptions' } as const

/** What a rule that is asked of each member of a list can name besides. */
export function memberPaths(each: Part): string[] {
  if (each === 'instance') return []
  return fieldsOf(Facts.shape[lists[each]]).map(field => `${each}.${field}`)
}

/** Fields of the members of a list of facts. */
export const listFields: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(Facts.shape)
    .filter(([, schema]) => isList(schema))
    .map(([name, schema]) => [name, fieldsOf(schema)]),
)

/** What can be asked of a version: they are compared by number, never as text. */
export const versionCalls = ["version.below('')", "version.atLeast('')", "version.between('', '')"] as const

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema
}

function isList(schema: z.ZodType): boolean {
  return bare(schema) instanceof z.ZodArray
}

function fieldsOf(schema: z.ZodType): string[] {
  const inner = bare(schema)
  const object = inner instanceof z.ZodArray ? (inner.element as z.ZodType) : inner
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}
