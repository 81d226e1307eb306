import type { Behaviour } from './behaviour.ts'
import type { Known } from './truth.ts'

/** One machine of the organisation: where it lives, what it serves, and what can be known of it. */
export interface LabHost {
  /** Distance from the first address of the network. */
  readonly at: number
  /** Who it is in the story. */
  readonly title: string
  /**
   * `excluded`: inside the network, but nobody may touch it; `outside`: beyond it. Both live only to notice a scanner that
   * goes where it must not.
   */
  readonly scope: 'inside' | 'excluded' | 'outside'
  readonly services: readonly Service[]
}

export interface Service {
  readonly port: number
  readonly serves: Behaviour
  readonly known: Known
}

/** The port everybody scans. */
export const defaultPort = 11434

/** A host with one service on the port everybody scans, and the same on further ports of its own. */
export function labHost(
  at: number,
  title: string,
  serves: Behaviour,
  known: Known,
  alsoOn: readonly number[] = [],
): LabHost {
  const services = [defaultPort, ...alsoOn].map(port => ({ port, serves, known }))
  return { at, title, scope: 'inside', services }
}
