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
/** What answers for a whole network may be too busy to answer all: so many more may take the connection and say nothing. */
const mutePart = 0.25

interface Suspect {
  /** What those that spoke have done so far; null: none has. */
  manner: Manner | null
  /** So many did that, … */
  alike: number
  /** … so many took the connection and said nothing in time. */
  mute: number
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
    const verdict = ports.get(port) ?? { manner: null, alike: 0, mute: 0, silent: 0, held: [] }
    ports.set(port, verdict)
    return verdict
  }
  return {
    patienceMs({ network, port }) {
      const verdict = networks.get(network)?.get(port)
      if (verdict === undefined || verdict === 'acquitted') return undefined
      return verdict.alike === 0 && verdict.mute >= suspectedFrom ? shortPatienceMs : undefined
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
    return suspect.silent <= Math.max(silencesAtFirst, (suspect.alike + suspect.mute) * silentPart)
  }
  if (seen === 'mute') {
    suspect.mute++
    return true
  }
  // One that refuses, or is nothing Paddock knows: an ordinary network.
  if (outcome !== 'answered' || seen === 'unrecognised') return false
  const manner = common(suspect.manner, mannerOf(seen))
  if (manner === null) return false
  suspect.manner = manner
  suspect.alike++
  return true
}

/** Few that speak among many that are mute are servers behind a firewall that takes every connection. */
function isConvicted({ alike, mute }: Suspect, silent: number): boolean {
  const isOne = alike === 0 ? mute >= suspectedFrom : alike >= suspectedFrom && mute <= alike * mutePart
  return isOne && silent <= (alike + mute) * silentInTheEnd
}

/** What tells one answering address from another; a version or models that nobody told are null. */
type Manner = readonly {
  readonly kind: string
  readonly version: string | null
  readonly models: string | null
}[]

function mannerOf(seen: readonly Observation[]): Manner {
  return seen.map(({ basePath, identity, version, models }) => ({
    kind: JSON.stringify([basePath, identity.product, identity.suspected]),
    version,
    models: models === null ? null : JSON.stringify(models.map(model => [model.name, model.digest])),
  }))
}

/** The same manner, with what either knows of it; null: they differ. What is not known does not differ. */
function common(known: Manner | null, other: Manner): Manner | null {
  if (known === null) return other
  if (known.length !== other.length) return null
  const merged = known.map((one, index) => {
    const { kind, version, models } = other[index] ?? one
    const differs = (a: string | null, b: string | null) => a !== null && b !== null && a !== b
    if (kind !== one.kind || differs(one.version, version) || differs(one.models, models)) return null
    return { kind, version: one.version ?? version, models: one.models ?? models }
  })
  return merged.every(each => each !== null) ? merged : null
}
