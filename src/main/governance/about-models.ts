import type { Model } from '#shared/domain/model.ts'
import type { Condition } from '#shared/query/condition.ts'
import { isMatch } from '#shared/query/evaluate.ts'
import type { FieldName } from '#shared/query/fields.ts'
import type { QueryRow } from '#shared/query/query-row.ts'

/** Fields that say something of each single model. */
const ofModels: ReadonlySet<FieldName> = new Set([
  'model',
  'digest',
  'family',
  'parameters',
  'quantization',
  'size',
  'capability',
  'license',
  'remote',
  'tools',
])

/**
 * What a query demands of a model: the parts of it that are about models and must all hold. null: nothing, so every model of
 * the instances it finds is meant. Free text and negations are about the instance, as is a choice of which a part is.
 */
export function aboutModels(condition: Condition): Condition | null {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.of.flatMap(part => aboutModels(part) ?? [])
      return parts.length === 0 ? null : { kind: 'all', of: parts }
    }
    case 'any': {
      const parts = condition.of.map(aboutModels)
      const known = parts.filter(part => part !== null)
      return known.length < parts.length || known.length === 0 ? null : { kind: 'any', of: known }
    }
    case 'names':
    case 'number':
      return ofModels.has(condition.field) ? condition : null
    case 'choice':
      return condition.field === 'tools' && condition.value === 'yes'
        ? { kind: 'names', field: 'capability', pattern: { kind: 'is', text: 'tools' } }
        : null
    case 'state':
      return ofModels.has(condition.field) && condition.field !== 'tools' && condition.state === 'unknown'
        ? condition
        : null
    default:
      return null
  }
}

/** Whether what is demanded depends on a field. */
export function asks(demand: Condition, field: FieldName): boolean {
  switch (demand.kind) {
    case 'all':
    case 'any':
      return demand.of.some(part => asks(part, field))
    case 'not':
      return asks(demand.of, field)
    case 'names':
    case 'state':
      return demand.field === field
    default:
      return false
  }
}

/** Whether a model, taken by itself, is what is demanded. */
export function isDemanded(demand: Condition, model: Model): boolean {
  // Only fields of models are asked for: the rest of the row is never looked at.
  return isMatch(demand, { models: [model] } as unknown as QueryRow, 0)
}
