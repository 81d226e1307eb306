import type { RunningModel } from '#shared/domain/model.ts'
import type { Observation } from '#shared/domain/observation.ts'
import { isWholeAnswer, stableFacts } from '../governance/reconcile.ts'
import type { PreparedObservation } from '../scanner/sweep-batch.ts'
import { contentDigest } from '../store/keys.ts'
import { packProbes, packRunning } from '../store/pack-evidence.ts'
import { inMemory } from './scan-company.ts'

/** What can be made of an observation by itself: done by the threads that sweep, so that the one that records need not. */
export function prepareObservation(seen: Observation): PreparedObservation {
  const { target, scheme, basePath, observedAt, identity, probes, running, vacantPaths } = seen
  const isWhole = isWholeAnswer(seen)
  return {
    ...{ target, scheme, basePath, observedAt, vacantPaths, product: identity.product },
    digest: isWhole ? contentDigest(stableFacts(seen, null)) : null,
    beside: besideOf(seen),
    inMemory: inMemory(running),
    evidence: {
      signals: JSON.stringify(identity.signals),
      probes: packProbes(probes),
      running: packRunning(running),
    },
    text: JSON.stringify(isWhole ? { ...seen, probes: [] } : seen),
  }
}

/** The observation itself, without its probes where none of them failed. */
export function readObservation({ text }: PreparedObservation): Observation {
  return JSON.parse(text) as Observation
}

/** A list shows the names of what is in memory; for how long it stays there is new each time. */
function besideOf({ hostNames, identity, hardwareAddress, running }: Observation): string {
  const hosts = hostNames.length === 0 ? '' : JSON.stringify(hostNames)
  return `${identity.confidence} ${hardwareAddress} ${namesOf(running)} ${hosts}`
}

function namesOf(running: readonly RunningModel[] | null): string {
  if (running === null) return '?'
  return running.length === 0 ? '' : JSON.stringify(running.map(model => model.name))
}
