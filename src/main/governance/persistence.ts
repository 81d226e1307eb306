import type { Band, Persistence, PersistenceDefinition } from '#shared/domain/persistence.ts'

/**
 * Once: answered in one scan. Persistent: answered in at least the given share of at least so many covering scans.
 * Intermittent: everything between.
 */
export function persistence(
  answered: number,
  covering: number,
  definition: PersistenceDefinition,
): Persistence {
  // A scan that saw it covered it, whatever else is known of that scan.
  const looked = Math.max(answered, covering, 1)
  const share = answered / looked
  return { answered, covering: looked, share, band: bandOf(answered, looked, share, definition), definition }
}

function bandOf(
  answered: number,
  looked: number,
  share: number,
  { persistentShare, persistentScans }: PersistenceDefinition,
): Band {
  if (answered <= 1) return 'once'
  return looked >= persistentScans && share >= persistentShare ? 'persistent' : 'intermittent'
}
