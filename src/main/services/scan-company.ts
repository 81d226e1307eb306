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
  readonly inMemory: string | null
}

export function createCompany(): Company {
  const groups = [createGroups(), createGroups()] as const
  return {
    note({ endpoint, site, address, inMemory }) {
      groups[0].add(`${site} ${address}`, endpoint)
      if (inMemory !== null) groups[1].add(`${site} ${inMemory}`, endpoint)
    },
    endpoints: () => [...new Set(groups.flatMap(group => [...group.together]))],
    instances: new Set(),
  }
}

/** What is in memory, and until when, as text: two servers that show the same are one. null: nothing, or unknown. */
export function inMemory(running: readonly RunningModel[] | null): string | null {
  if (running === null || running.length === 0) return null
  const models = running.map(({ digest, expiresAt }) => `${digest} ${expiresAt}`)
  return models.sort().join(' ')
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
