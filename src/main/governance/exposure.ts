import { type Access, type Severity, severities } from '#shared/domain/exposure.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'

/** What the severity of an instance rests on, as long as there is no policy of one's own. */
export interface ExposureFacts {
  readonly product: Product
  readonly suspected: Suspected
  readonly access: Access
  readonly toolCalling: boolean | null
}

/**
 * How much an instance's exposure matters. Tool calling together with access for everybody comes first: the public study
 * rates excessive agency its highest severity (SentinelLABS and Censys, 29 January 2026). What cannot be looked into is
 * neither dangerous nor harmless; a guarded one is what it should be.
 */
export function severityOf({ product, suspected, access, toolCalling }: ExposureFacts): Severity {
  if (suspected === 'honeypot') return 'low'
  if (access === 'open') {
    if (toolCalling === true) return 'critical'
    return product === 'unknown' ? 'medium' : 'high'
  }
  return access === 'unknown' ? 'medium' : 'none'
}

/** 0: most severe. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity)
}
