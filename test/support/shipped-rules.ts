import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PolicyPack, type Rule } from '#shared/domain/policy.ts'

/** The rules that come with Paddock. */
export function shippedRules(): Rule[] {
  const file = join(import.meta.dirname, '..', '..', 'resources', 'policies', 'baseline.json')
  return PolicyPack.parse(JSON.parse(readFileSync(file, 'utf8'))).rules
}
