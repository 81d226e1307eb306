/**
 * What the public study of exposed Ollama servers says of itself (SentinelLABS with Censys, 29 January 2026): the shape the
 * generated data has to have. Shares are of hosts unless their name says otherwise, in per cent.
 */
export const published = {
  hosts: 175_108,
  observations: 7_230_000,
  /** One a day. */
  scans: 293,
} as const

/** Observations of a host: one, up to this many, or more. */
export const persistentAbove = 100

export const publishedShares = {
  seenOnce: 36,
  seenPersistently: 13,
  observationsOfPersistent: 76,
  tools: 48.3,
  onlyCompletionAndTools: 38,
  vision: 22,
  thinking: 26,
  twoOrThreeModels: 41,
  twentyOrMoreModels: 1.46,
  q4km: 48,
  /** Of 8 to 14 thousand million parameters. */
  from8To14: 26,
  /** Of hosts with several families: 40,694 hosts. */
  llamaAndQwen2OfMultiFamily: 52,
  llamaAndQwen2: (40_694 / 175_108) * 100,
  /** Of the models held. */
  fourBit: 72,
  sixteenBit: 19,
} as const satisfies Record<string, number>
export type ShareName = keyof typeof publishedShares

/** The first five by hosts, in order. The study gives no percentages. */
export const publishedFamilies = ['llama', 'qwen2', 'gemma2', 'qwen3', 'nomic-bert'] as const
/** Models a host holds, as the mean over observations: at the beginning and in the last third. */
export const publishedModelsPerObservation = { first: 3, last: 4 } as const
