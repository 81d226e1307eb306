import type { Facts } from '#shared/domain/facts.ts'

/** The facts leave is granted on: when one of them changes, it has not been granted for what is there now. */
export interface ExceptionBasis {
  readonly version: string | null
  readonly access: string | null
  readonly originsOpen: boolean | null
  readonly managementReachable: boolean | null
  readonly publicAddress: boolean
  readonly toolCalling: boolean | null
  /** Digest and capabilities of each model; null: unknown. */
  readonly models: readonly string[] | null
  readonly zone: string
}

export function basisOf(facts: Facts): ExceptionBasis {
  const { exposure, instance, models } = facts
  return {
    version: facts.version ?? null,
    access: exposure.access ?? null,
    originsOpen: exposure.originsOpen ?? null,
    managementReachable: exposure.managementReachable ?? null,
    publicAddress: exposure.publicAddress,
    toolCalling: instance.toolCalling ?? null,
    models: models?.map(({ name, digest, tools }) => `${digest ?? name} ${tools ?? '?'}`).sort() ?? null,
    zone: facts.zone,
  }
}

export type LapseReason = 'version' | 'model' | 'capability' | 'exposure' | 'zone'

const meaning = {
  version: 'version',
  access: 'exposure',
  originsOpen: 'exposure',
  managementReachable: 'exposure',
  publicAddress: 'exposure',
  toolCalling: 'capability',
  models: 'model',
  zone: 'zone',
} as const satisfies Record<keyof ExceptionBasis, LapseReason>

/** What changed since leave was granted; null: nothing. What cannot be seen now has not changed, as far as is known. */
export function changedBasis(granted: ExceptionBasis, now: ExceptionBasis): LapseReason | null {
  for (const [field, reason] of Object.entries(meaning) as [keyof ExceptionBasis, LapseReason][]) {
    const [then, current] = [granted[field], now[field]]
    if (then === null || current === null) continue
    if (JSON.stringify(then) !== JSON.stringify(current)) return reason
  }
  return null
}
