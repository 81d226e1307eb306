import type { Target } from '#shared/domain/observation.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { Network } from './layout.ts'
import { mix, permutation } from './order.ts'
import type { Overlooking } from './overlooking.ts'
import { createPace, type Pace } from './pace.ts'
import { createRoundTrips, type RoundTrips } from './round-trips.ts'
import { noOutcomes, type Outcomes, type VisitOutcome } from './sweep-batch.ts'

/**
 * The state of the visit to one network. A look goes over its targets once; addresses that stay silent beside others that
 * answer are looked at again, because one lost packet looks like an empty address.
 */
export interface NetworkVisit {
  readonly network: Network
  readonly pace: Pace
  readonly roundTrips: RoundTrips
  /** Outcomes that are final, by planned block. */
  readonly outcomes: Map<number, Outcomes>
  /** Targets that were silent in every look so far. */
  silentTargets(): readonly Target[]
  /** Hands out the next target of this look; undefined: none is left. */
  next(): NumberedTarget | undefined
  /** Back into the same look: it could not be tried. */
  putBack(target: NumberedTarget): void
  /** Takes an outcome. Returns whether this is the first time that anything is known of the target. */
  settle(target: NumberedTarget, outcome: VisitOutcome): boolean
  /** Whether every target of this look was handed out and settled. */
  isLookOver(): boolean
  /** Whether the silent ones are worth another look; begins it. Otherwise they are silent for good. */
  lookAgain(overlooking: Pick<Overlooking, 'chance' | 'isLossy'>): boolean
  /** Takes the silent ones as silent, because there will be no further look. */
  giveUp(): void
}

/** Hosts one may expect to overlook in a network: one in five thousand networks. */
const acceptable = 0.0002

export interface NumberedTarget extends Target {
  readonly k: number
  /** Index of the planned block it is visited for. */
  readonly block: number
}

export function createNetworkVisit(
  network: Network,
  plan: Pick<ScanPlan, 'seed' | 'networkRate' | 'looks'>,
): NetworkVisit {
  const { seed, looks: mostLooks } = plan
  // The gentlest of its ranges decides for the whole network.
  const perSecond = Math.min(...network.blocks.map(block => block.networkRate ?? plan.networkRate))
  const order = permutation(network.targetCount, mix(seed ^ network.index))
  const outcomes = new Map<number, Outcomes>()
  const back: NumberedTarget[] = []
  let due: number[] | null = null
  let handed = 0
  let open = 0
  let look = 1
  let responded = 0
  let foundInLook = 0
  let silent: number[] = []

  const add = (block: number, outcome: VisitOutcome) => {
    const counts = outcomes.get(block) ?? noOutcomes()
    counts[outcome]++
    outcomes.set(block, counts)
  }
  const dueCount = () => due?.length ?? network.targetCount
  /**
   * The second look is for any network somebody lives in. Further ones, and any at a network that seems empty, need a
   * reason: the last one found somebody, or so much is being lost that somebody is likely to be overlooked still.
   */
  const isWorthLooking = ({ chance, isLossy }: Pick<Overlooking, 'chance' | 'isLossy'>) =>
    responded === 0 ? isLossy() : look === 1 || foundInLook > 0 || responded * chance() ** look > acceptable
  const giveUp = () => {
    for (const k of silent) add(network.block(k), 'silent')
    silent = []
  }
  return {
    network,
    pace: createPace(perSecond),
    roundTrips: createRoundTrips(4),
    outcomes,
    silentTargets: () => silent.map(k => network.target(k)),
    next() {
      const again = back.pop()
      if (again === undefined && handed >= dueCount()) return undefined
      open++
      if (again !== undefined) return again
      const k = due === null ? order(handed) : (due[handed] ?? 0)
      handed++
      return { ...network.target(k), k, block: network.block(k) }
    },
    putBack(target) {
      open--
      back.push(target)
    },
    settle(target, outcome) {
      open--
      if (outcome === 'silent') silent.push(target.k)
      else {
        add(target.block, outcome)
        if (outcome === 'answered' || outcome === 'refused') {
          responded++
          foundInLook++
        }
      }
      return look === 1
    },
    isLookOver: () => open === 0 && back.length === 0 && handed >= dueCount(),
    lookAgain(overlooking) {
      if (silent.length === 0 || look >= mostLooks || !isWorthLooking(overlooking)) return false
      look++
      due = silent
      silent = []
      handed = 0
      foundInLook = 0
      return true
    },
    giveUp,
  }
}
