import type { RunningModel } from '#shared/domain/model.ts'

/**
 * Whom a scan saw together with others, noted while it is recorded: what belongs together is told after the sweep, and only
 * of these, without looking at everything once more.
 */
export interface Company {
  /** A way in to genuine Ollama was seen. */
  note(seen: SeenWayIn): void
  /** Endpoints that share their address or what is in memory with another. */
  endpoints(): number[]
  /** Instances that were seen at several endpoints. */
  readonly instances: Set<number>
}

interface SeenWayIn {
  readonly endpoint: number
  readonly site: number
  readonly address: string
  readonly running: readonly RunningModel[] | null
}

export function createCompany(): Company {
  const groups = [createGroups(), createGroups()] as const
  return {
    note({ endpoint, site, address, running }) {
      groups[0].add(`${site} ${address}`, endpoint)
      if (running === null || running.length === 0) return
      const inMemory = running.map(({ digest, expiresAt }) => `${digest} ${expiresAt}`)
      groups[1].add(`${site} ${inMemory.sort().join(' ')}`, endpoint)
    },
    endpoints: () => [...new Set(groups.flatMap(group => [...group.together]))],
    instances: new Set(),
  }
}

/** Who shares a key with another. */
function createGroups() {
  const first = new Map<string, number>()
  const together = new Set<number>()
  return {
    together,
    add(key: string, endpoint: number) {
      const other = first.get(key)
      if (other === undefined) first.set(key, endpoint)
      else if (other !== endpoint) together.add(other).add(endpoint)
    },
  }
}
