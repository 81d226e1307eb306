/**
 * Which reader answers. Pages of one query go to the one that keeps its list open; its facets to another, so that neither
 * waits for the other. null: whoever is free.
 */
export function readerFor(channel: string, input: unknown, count: number): number | null {
  // Findings are in memory where they are asked for: lists in one reader, counts in the other.
  const own = { 'finding.page': 0, 'finding.select': 0, 'finding.list': 0, 'finding.facets': 1 }[channel]
  if (own !== undefined && count > 0) return own % count
  // Counts of the risk are followed where they were read once; what would be counts findings, too.
  const counted = {
    ...{ 'risk.overview': 0, 'risk.tools': 0 },
    // Which lists hold which digest, and all spells, are read once.
    ...{ 'model.blast-radius': 0, 'scan.compare': 1 },
    ...{ 'risk.heatmap': 1, 'risk.map': 1, 'risk.map-cell': 1, 'risk.what-if': 1 },
  }[channel]
  if (counted !== undefined && count > 0) return counted % count
  const step = { 'inventory.page': 0, 'inventory.outline': 0, 'model.page': 0, 'inventory.facets': 1 }[
    channel
  ]
  if (step === undefined || count === 0) return null
  const { query = '', text = '' } = (input ?? {}) as { query?: string; text?: string }
  return (hash(`${query}\n${text}`) + step) % count
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return value
}
