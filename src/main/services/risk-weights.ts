import { RiskWeights } from '#shared/domain/risk.ts'
import { markAllStale } from '../store/findings.ts'
import { textDigest } from '../store/keys.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import { type ReadableStore, transaction, type WritableStore } from '../store/statement.ts'

const setting = 'risk-weights'

export interface WeightsInForce {
  readonly weights: RiskWeights
  readonly digest: string
}

const known = new Map<string, WeightsInForce>()

/** The weights scores rest on; null: none were delivered yet. */
export function readWeights(store: ReadableStore): WeightsInForce | null {
  const text = settingNamed(store, { name: setting })?.value
  if (text === undefined) return null
  const digest = textDigest(text)
  const kept = known.get(digest)
  if (kept !== undefined) return kept
  const read = { weights: RiskWeights.parse(JSON.parse(text)), digest }
  known.set(digest, read)
  return read
}

/** Takes the weights over that came with this version of Paddock: then every score is told anew. */
export function loadWeights({ store }: { readonly store: WritableStore }, text: string): void {
  const canonical = JSON.stringify(RiskWeights.parse(JSON.parse(text)))
  if (settingNamed(store, { name: setting })?.value === canonical) return
  transaction(store, () => {
    keepSetting(store, { name: setting, value: canonical })
    markAllStale(store, { all: 1 })
  })
}

/** The same where they must be there: whatever opens a folder delivers them first. */
export function weightsInForce(store: ReadableStore): RiskWeights {
  const inForce = readWeights(store)
  if (inForce === null) throw new Error('no weights were delivered')
  return inForce.weights
}
