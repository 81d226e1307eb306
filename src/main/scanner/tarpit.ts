import type { Observation } from '#shared/domain/observation.ts'
import type { Identified } from './identify.ts'
import type { VisitOutcome } from './sweep-batch.ts'

/**
 * Networks in which every address takes a connection on a port and all do the same: a tarpit, a honeypot over a whole
 * network, or a firewall that answers for everybody. Nobody lives there; sixty-five thousand instances would be a false claim.
 */
export interface TarpitWatch {
  /** How long to wait for a first page there; undefined: as usual. A mute network would take hours otherwise. */
  patienceMs(place: Place): number | undefined
  /** Takes what a visit came to. Observations are passed on once the place is shown to be ordinary. */
  note(place: Place, outcome: VisitOutcome, seen: Identified, pass: Pass): void
  /** The network is done; `silent` are the ports of the addresses that stayed silent in every look. */
  end(network: number, silent: readonly number[], pass: Pass): void
  /** Networks found to be tarpits since the last call. */
  found(): number[]
}

/** One port of one network: others may be ordinary, or closed throughout. */
export interface Place {
  readonly network: number
  readonly port: number
}

type Pass = (seen: readonly Observation[]) => void

/** So many addresses of a network, in random order, must do the same before it is suspected. */
const suspectedFrom = 32
const shortPatienceMs = 1000
/** Silence may be a lost packet: it acquits only if there is more of it than packets get lost, … */
const silencesAtFirst = 8
const silentPart = 0.25
/** … and in the end, after every look, if more than this part is silent. */
const silentInTheEnd = 0.01

interface Suspect {
  /** What all that answered have done so far; null: none has. */
  manner: string | null
  count: number
  silent: number
  held: Observation[]
}

/** `acquitted`: an ordinary place. */
type Verdict = Suspect | 'acquitted'

export function createTarpitWatch(): TarpitWatch {
  const networks = new Map<number, Map<number, Verdict>>()
  let found: number[] = []

  const verdictOn = ({ network, port }: Place): Verdict => {
    const ports = networks.get(network) ?? new Map<number, Verdict>()
    networks.set(network, ports)
    const verdict = ports.get(port) ?? { manner: null, count: 0, silent: 0, held: [] }
    ports.set(port, verdict)
    return verdict
  }
  return {
    patienceMs({ network, port }) {
      const verdict = networks.get(network)?.get(port)
      if (verdict === undefined || verdict === 'acquitted') return undefined
      return verdict.manner === 'mute' && verdict.count >= suspectedFrom ? shortPatienceMs : undefined
    },
    note(place, outcome, seen, pass) {
      const verdict = verdictOn(place)
      const observed = typeof seen === 'object' ? seen : []
      if (verdict === 'acquitted') return pass(observed)
      verdict.held.push(...observed)
      if (fitsSuspicion(verdict, outcome, seen)) return
      networks.get(place.network)?.set(place.port, 'acquitted')
      pass(verdict.held)
    },
    end(network, silent, pass) {
      const guilty = [...(networks.get(network) ?? [])].filter(([port, verdict]) => {
        if (verdict === 'acquitted') return false
        const isTarpit = isConvicted(verdict, silent.filter(each => each === port).length)
        if (!isTarpit) pass(verdict.held)
        return isTarpit
      })
      if (guilty.length > 0) found.push(network)
      networks.delete(network)
    },
    found() {
      const since = found
      found = []
      return since
    },
  }
}

/** Takes one more outcome into account. Returns whether all could still be one tarpit. */
function fitsSuspicion(suspect: Suspect, outcome: VisitOutcome, seen: Identified): boolean {
  if (outcome === 'silent') {
    suspect.silent++
    return suspect.silent <= Math.max(silencesAtFirst, suspect.count * silentPart)
  }
  const manner = mannerOf(outcome, seen)
  suspect.manner ??= manner
  suspect.count++
  // One that refuses, or does something else: an ordinary network.
  return manner !== null && manner === suspect.manner
}

function isConvicted(suspect: Suspect, silent: number): boolean {
  return suspect.count >= suspectedFrom && silent <= suspect.count * silentInTheEnd
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
