import type { Observation } from '#shared/domain/observation.ts'
import type { Identified } from './identify.ts'
import type { VisitOutcome } from './sweep-batch.ts'

/**
 * Networks in which every address takes a connection and all do the same: a tarpit, a honeypot over a whole network, or a
 * firewall that answers for everybody. Nobody lives there; sixty-five thousand instances would be a false claim.
 */
export interface TarpitWatch {
  /** How long to wait for a first page there; undefined: as usual. A mute network would take hours otherwise. */
  patienceMs(network: number): number | undefined
  /** Takes what a visit came to. Observations are passed on once the network is shown to be ordinary. */
  note(
    network: number,
    outcome: VisitOutcome,
    seen: Identified,
    pass: (seen: readonly Observation[]) => void,
  ): void
  /** The network is done. */
  end(network: number, pass: (seen: readonly Observation[]) => void): void
  /** Networks found to be tarpits since the last call. */
  found(): number[]
}

/** So many addresses of a network, in random order, must do the same before it is suspected. */
const suspectedFrom = 32
const shortPatienceMs = 1000

interface Suspect {
  /** What all have done so far. */
  readonly manner: string
  count: number
  held: Observation[]
}

export function createTarpitWatch(): TarpitWatch {
  const suspects = new Map<number, Suspect>()
  const ordinary = new Set<number>()
  let found: number[] = []

  const acquit = (network: number, pass: (seen: readonly Observation[]) => void) => {
    ordinary.add(network)
    pass(suspects.get(network)?.held ?? [])
    suspects.delete(network)
  }
  return {
    patienceMs(network) {
      const suspect = suspects.get(network)
      return suspect?.manner === 'mute' && suspect.count >= suspectedFrom ? shortPatienceMs : undefined
    },
    note(network, outcome, seen, pass) {
      const observed = typeof seen === 'object' ? seen : []
      if (ordinary.has(network)) return pass(observed)
      const manner = mannerOf(outcome, seen)
      const suspect = suspects.get(network) ?? { manner: manner ?? '', count: 0, held: [] }
      suspects.set(network, suspect)
      suspect.held.push(...observed)
      suspect.count++
      // One that is silent, refuses or says something else: an ordinary network.
      if (manner === null || manner !== suspect.manner) acquit(network, pass)
    },
    end(network, pass) {
      const suspect = suspects.get(network)
      if (suspect !== undefined && suspect.count >= suspectedFrom) {
        found.push(network)
        suspects.delete(network)
      } else acquit(network, pass)
      ordinary.delete(network)
    },
    found() {
      const since = found
      found = []
      return since
    },
  }
}

/** What tells one answering address from another; null: it does not answer as something that could be everywhere. */
function mannerOf(outcome: VisitOutcome, seen: Identified): string | null {
  if (seen === 'mute') return 'mute'
  if (outcome !== 'answered' || seen === 'unrecognised') return null
  return JSON.stringify(
    seen.map(({ basePath, identity, version, models }) => [
      basePath,
      identity.product,
      identity.suspected,
      version,
      models?.map(model => [model.name, model.digest]),
    ]),
  )
}
