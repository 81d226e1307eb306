import type { Facts } from '#shared/domain/facts.ts'
import type { RiskValues } from '#shared/domain/risk.ts'

/** What each factor of the score says of an instance: the only place that reads facts for it. */
export function riskValuesOf(facts: Facts): RiskValues {
  const zone = facts.zone === 'unknown' ? null : facts.zone
  return {
    access: facts.exposure.access ?? null,
    reach: facts.exposure.publicAddress ? 'public' : zone,
    presence: ['present', 'not-listening', 'gone'].includes(facts.presence.state)
      ? facts.presence.state
      : null,
    advisories: worstAdvisory(facts.advisories),
    'drive-by': driveBy(facts.exposure),
    tools: yesNo(facts.instance.toolCalling, 'yes', 'no'),
    management: yesNo(facts.exposure.managementReachable, 'reachable', 'blocked'),
    'data-leaving': dataLeaving(facts),
    secrets: secrets(facts),
    capabilities: capabilities(facts),
    zone,
    kind: kindOf(facts.instance),
  }
}

function yesNo(fact: boolean | undefined, yes: string, no: string): string | null {
  return fact === undefined ? null : fact ? yes : no
}

const advisoryOrder = ['low', 'medium', 'high', 'critical']

/** What is known to affect it; unclear: nothing is, and of some it cannot be told. */
export function worstAdvisory(advisories: Facts['advisories']): string | null {
  if (advisories === undefined) return null
  const ranks = advisories.map(({ affected, severity }) =>
    affected === true ? advisoryOrder.indexOf(severity) : -1,
  )
  const worst = Math.max(-1, ...ranks)
  if (worst >= 0) return advisoryOrder[worst] ?? null
  return advisories.some(({ affected }) => affected === undefined) ? 'unclear' : 'none'
}

function driveBy({ originsOpen, foreignHostAccepted }: Facts['exposure']): string | null {
  if (originsOpen) return 'any-site'
  if (foreignHostAccepted) return 'any-host-name'
  return originsOpen === false && foreignHostAccepted === false ? 'closed' : null
}

function dataLeaving({ models, instance }: Facts): string | null {
  if (models === undefined) return null
  if (instance.cloudDisabled === true) return 'local'
  return models.some(({ remote }) => remote) ? 'remote' : 'local'
}

function secrets({ models }: Facts): string | null {
  if (models === undefined) return null
  if (models.some(({ systemPromptReadable }) => systemPromptReadable)) return 'readable'
  return models.every(({ systemPromptReadable }) => systemPromptReadable === false) ? 'none' : null
}

const further = ['vision', 'thinking', 'audio', 'image']

function capabilities({ models }: Facts): string | null {
  if (models === undefined) return null
  const known = new Set(models.flatMap(model => model.capabilities ?? []))
  const count = further.filter(each => known.has(each)).length
  if (count > 1) return 'combined'
  if (models.some(model => model.capabilities === undefined)) return null
  return count === 1 ? 'extended' : known.size > 0 ? 'basic' : 'none'
}

function kindOf({ suspected, product }: Facts['instance']): string {
  if (suspected === 'honeypot') return 'honeypot'
  if (suspected !== '') return 'imitation'
  return product === 'unknown' ? 'unrecognised' : 'genuine'
}
