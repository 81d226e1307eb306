import type { SimulationState } from '#shared/domain/simulation.ts'
import { type Result, succeed } from '#shared/result.ts'
import type { Transaction } from './context.ts'
import { addRange } from './ranges.ts'
import type { LabReady } from './simulation.ts'
import type { Command } from './workspace.ts'

const site = 'Simulated organisation'

type Nothing = Record<string, never>

/** Starts the simulated organisation and registers its addresses, so that the next step is a scan. */
export const startSimulation: Command<Nothing, null, SimulationState, Result<LabReady>> = {
  gather: async ({ simulation }) => simulation.start(),
  run: (transaction, _, ready) => (ready.ok ? registerBlocks(transaction, ready.value) : ready),
  after: async ({ simulation }) => succeed(simulation.state()),
}

function registerBlocks(transaction: Transaction, ready: LabReady): Result<null> {
  for (const block of ready.blocks) {
    const added = addRange(transaction, {
      block,
      site,
      zone: 'lab',
      authorisedBy: transaction.actor,
      reference: 'Simulated organisation on this machine',
      ports: [...ready.ports],
      exclusions: ready.excluded.filter(() => ready.blocks.length === 1),
    })
    // From an earlier time: just what is wanted.
    if (!added.ok && added.failure.code !== 'range-registered') return added
  }
  return succeed(null)
}

/** Stops it. Its range and what was seen there stay until somebody removes them. */
export const stopSimulation: Command<Nothing, null, SimulationState> = {
  run: () => succeed(null),
  after: async ({ simulation }) => {
    await simulation.stop()
    return succeed(simulation.state())
  },
}
