import { type ProbeKind, withoutPrefix } from '#shared/domain/probe.ts'

/**
 * Limits per question and per host. A list may take long: the first `tags` of Ollama ≥ 0.30 fills a cache (10–15 s). The
 * first page never does, so a port that takes connections and says nothing costs no more than that.
 */
export const limits = {
  /** A further connection to a host that has just answered one. */
  reconnectMs: 3_000,
  handshakeMs: 5_000,
  firstPageMs: 5_000,
  questionMs: 10_000,
  listMs: 15_000,
  hostMs: 60_000,
  headerBytes: 16_384,
  bodyBytes: 262_144,
  listBytes: 4 * 1024 * 1024,
  showBytes: 8 * 1024 * 1024,
  inFlight: 2,
} as const

export function patienceFor(asked: ProbeKind): number {
  const kind = withoutPrefix(asked)
  if (kind === 'root') return limits.firstPageMs
  return kind === 'tags' || kind === 'v1-models' ? limits.listMs : limits.questionMs
}

export function capOf(asked: ProbeKind): number {
  const kind = withoutPrefix(asked)
  if (kind === 'show') return limits.showBytes
  return kind === 'tags' || kind === 'ps' || kind === 'v1-models' ? limits.listBytes : limits.bodyBytes
}
