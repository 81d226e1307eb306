import type { SimulationState } from '#shared/domain/simulation.ts'
import { fail, type Result, succeed } from '#shared/result.ts'

/** What the simulated organisation says when it is up. */
export interface LabReady {
  readonly blocks: readonly string[]
  readonly excluded: readonly string[]
  readonly ports: readonly number[]
  readonly hostCount: number
}

export interface RunningLab {
  readonly ready: LabReady
  stop(): Promise<void>
}

/** Real servers on loopback that answer like an organisation's; at most one per backend. */
export interface Simulation {
  state(): SimulationState
  start(): Promise<Result<LabReady>>
  stop(): Promise<void>
}

export function createSimulation(
  launch: () => Promise<RunningLab>,
  onChange: (state: SimulationState) => void,
): Simulation {
  let lab: RunningLab | null = null
  const state = (): SimulationState => ({
    running: lab !== null,
    blocks: [...(lab?.ready.blocks ?? [])],
    ports: [...(lab?.ready.ports ?? [])],
    hostCount: lab?.ready.hostCount ?? 0,
  })
  return {
    state,
    async start() {
      try {
        lab ??= await launch()
      } catch (error) {
        return fail('lab-unavailable', { reason: error instanceof Error ? error.message : String(error) })
      }
      onChange(state())
      return succeed(lab.ready)
    },
    async stop() {
      await lab?.stop()
      lab = null
      onChange(state())
    },
  }
}
