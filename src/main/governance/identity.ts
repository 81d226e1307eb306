/**
 * Who is who after a scan. A server is known again by its marks: (digest, instant of the last pull) of each model. An
 * instance follows its marks to another place only where nothing else can be meant (ADR 0009); everything else is proposed.
 */

/** An instance whose place shows marks it was not known by: found by this scan, or at a place that now shows others' models. */
export interface Subject {
  readonly id: number
  readonly site: number
  /** Everything its places show now. */
  readonly marks: ReadonlySet<number>
  /** Since when. */
  readonly since: number
  /** null: found by this scan. Else it was known by other marks, of which its place shows none any more … */
  readonly before: ReadonlySet<number> | null
  /** … and what it shows was pulled before it was last seen: it was somewhere else then. */
  readonly isForeign: boolean
}

/** What the scan found where an instance was last known to be. */
export type OldPlace = 'vacant' | 'same' | 'taken' | 'not-covered'

/** An instance that was known by some of a subject's marks. */
export interface Known {
  readonly id: number
  readonly site: number
  readonly marks: ReadonlySet<number>
  readonly place: OldPlace
  readonly lastSeenAt: number
}

export interface Evidence {
  readonly subjects: readonly Subject[]
  readonly known: ReadonlyMap<number, Known>
  /** All instances known by a mark. */
  readonly holders: (mark: number) => readonly number[]
  /** Questions a person has answered: never followed, never asked again. */
  readonly isDecided: (key: string) => boolean
}

export const proposalReasons = [
  'few-models',
  'shared-models',
  'partly-same',
  'several-places',
  'several-origins',
  'old-place-answers',
  'old-place-not-covered',
  'at-once',
  'nothing-in-common',
] as const
export type ProposalReason = (typeof proposalReasons)[number]

export interface Proposal {
  readonly kind: 'moved' | 'clones' | 'replaced'
  readonly key: string
  readonly members: readonly number[]
  readonly confidence: number
  readonly reason: ProposalReason
  readonly details: Readonly<Record<string, number>>
}

export interface Move {
  /** Who shows the marks now. */
  readonly subject: number
  /** Whose they are. */
  readonly known: number
  /** At the known one's old place somebody answers whom nobody knows. */
  readonly leavesStranger: boolean
}

export interface Settlement {
  readonly moves: readonly Move[]
  readonly proposals: readonly Proposal[]
}

/** So many marks no other instance has make a move certain: one could be a copied file. */
const enoughMarks = 2

interface Edge {
  readonly subject: Subject
  readonly known: Known
  readonly common: number
  /** Of them, known of nobody else. */
  readonly own: number
  readonly isStrong: boolean
  readonly wasAtOnce: boolean
}

/** What follows from the evidence, and what remains a question. */
export function settle(evidence: Evidence): Settlement {
  const edges = evidence.subjects.flatMap(subject => edgesOf(subject, evidence))
  const proven = prove(edges, evidence)
  const moved = new Set(proven.map(({ subject }) => subject.id))
  const followed = new Set(proven.map(({ known }) => known.id))
  const open = edges.filter(({ subject, known }) => !moved.has(subject.id) && !followed.has(known.id))
  const proposals = [
    ...cloneProposals(
      open,
      evidence.subjects.filter(({ id }) => !moved.has(id)),
    ),
    ...open.flatMap(edge => (edge.wasAtOnce ? [] : [moveProposal(edge, open)])),
    ...evidence.subjects.flatMap(subject =>
      moved.has(subject.id) || followed.has(subject.id) ? [] : replacedProposal(subject),
    ),
  ]
  return {
    moves: proven.map(({ subject, known }) => ({
      subject: subject.id,
      known: known.id,
      leavesStranger: known.place === 'taken' && !moved.has(known.id),
    })),
    proposals: proposals.filter(({ key }) => !evidence.isDecided(key)),
  }
}

function edgesOf(subject: Subject, { known, holders }: Evidence): Edge[] {
  const shared = new Map<number, { common: number; own: number }>()
  for (const mark of subject.marks) {
    const others = holders(mark).filter(id => id !== subject.id)
    for (const id of others) {
      const counts = shared.get(id) ?? { common: 0, own: 0 }
      counts.common++
      if (others.length === 1) counts.own++
      shared.set(id, counts)
    }
  }
  return [...shared].flatMap(([id, { common, own }]) => {
    const other = known.get(id)
    // The same image at two sites is two servers: addresses do not move between sites.
    if (other === undefined || other.site !== subject.site) return []
    const isLarge = common * 2 >= Math.min(subject.marks.size, other.marks.size)
    // Of copies everything is shared; a mark of its own is worth a question, however small.
    if (!isLarge && own === 0) return []
    // Seen in both places by one scan, or after the other was found: never followed.
    const wasAtOnce = other.place === 'same' || other.lastSeenAt >= subject.since
    // A file that was copied to a neighbour is no reason to take it for the neighbour.
    if (wasAtOnce && !isLarge) return []
    return [{ subject, known: other, common, own, isStrong: isLarge && own >= enoughMarks, wasAtOnce }]
  })
}

/**
 * Moves that are certain. Where one took another's place, each makes room for the next. A stranger makes room too: with
 * nothing but models that were pulled before, somewhere else, and that are not surely another known one's.
 */
function prove(edges: readonly Edge[], { subjects, isDecided }: Evidence): Edge[] {
  const certain = edges.filter(
    edge =>
      edge.isStrong &&
      !edge.wasAtOnce &&
      isOnly(edge, edges) &&
      !isDecided(moveKey(edge.subject.id, edge.known.id)),
  )
  const strangers = new Set(
    subjects.flatMap(({ id, isForeign }) =>
      isForeign && !edges.some(({ subject, isStrong }) => subject.id === id && isStrong) ? [id] : [],
    ),
  )
  const proven = new Set<Edge>()
  const hasLeft = ({ known }: Edge) =>
    known.place === 'vacant' ||
    (known.place === 'taken' &&
      (strangers.has(known.id) || [...proven].some(({ subject }) => subject.id === known.id)))
  for (let before = -1; before < proven.size; ) {
    before = proven.size
    for (const edge of certain) if (hasLeft(edge)) proven.add(edge)
  }
  return [...proven]
}

/** Whether nothing else leads to or from either end. */
function isOnly(edge: Edge, edges: readonly Edge[]): boolean {
  return edges.every(
    other =>
      other === edge ||
      (other.subject !== edge.subject && other.known !== edge.known) ||
      // A shared base image: marks that many have lead nowhere.
      other.own === 0,
  )
}

/** Names the question whether one is another. */
export function moveKey(subject: number, known: number): string {
  return `moved ${subject} ${known}`
}

function moveProposal(edge: Edge, open: readonly Edge[]): Proposal {
  const { subject, known, common, own } = edge
  const reason = whyNot(edge, open)
  return {
    kind: 'moved',
    key: moveKey(subject.id, known.id),
    members: [subject.id, known.id],
    confidence: confidenceOf(edge, reason),
    reason,
    details: { common, own, of: Math.max(subject.marks.size, known.marks.size) },
  }
}

function whyNot(edge: Edge, open: readonly Edge[]): ProposalReason {
  const { subject, known, own } = edge
  if (own === 0) return 'shared-models'
  if (own < enoughMarks) return 'few-models'
  if (!edge.isStrong) return 'partly-same'
  const rivals = open.filter(other => other !== edge && other.own > 0)
  if (rivals.some(other => other.known === known)) return 'several-places'
  if (rivals.some(other => other.subject === subject)) return 'several-origins'
  return known.place === 'not-covered' ? 'old-place-not-covered' : 'old-place-answers'
}

const weights: Readonly<Record<ProposalReason, number>> = {
  'few-models': 0.6,
  'shared-models': 0.4,
  'partly-same': 0.6,
  'several-places': 0.5,
  'several-origins': 0.5,
  'old-place-answers': 0.9,
  'old-place-not-covered': 0.8,
  'at-once': 0.5,
  'nothing-in-common': 0.8,
}

function confidenceOf({ subject, known, common }: Edge, reason: ProposalReason): number {
  return Math.round((100 * weights[reason] * common) / Math.max(subject.marks.size, known.marks.size))
}

/** Servers that show the same at one time: copies of an image, a shared folder, or one server with several addresses. */
function cloneProposals(open: readonly Edge[], subjects: readonly Subject[]): Proposal[] {
  const pairs: (readonly [number, number])[] = [
    ...open.flatMap(({ subject, known, wasAtOnce }) => (wasAtOnce ? [[subject.id, known.id] as const] : [])),
    ...alikePairs(subjects),
  ]
  return groupsOf(pairs).map(members => ({
    kind: 'clones',
    key: `clones ${members.join(' ')}`,
    members,
    confidence: Math.round(100 * weights['at-once']),
    reason: 'at-once',
    details: { servers: members.length },
  }))
}

/** Subjects that share at least half of their marks, each with the first it shares them with: enough to group them. */
function alikePairs(subjects: readonly Subject[]): (readonly [number, number])[] {
  const first = new Map<number, Subject>()
  return subjects.flatMap(subject => {
    const shared = new Map<Subject, number>()
    for (const mark of subject.marks) {
      const other = first.get(mark)
      if (other !== undefined && other.site !== subject.site) continue
      if (other === undefined) first.set(mark, subject)
      else shared.set(other, (shared.get(other) ?? 0) + 1)
    }
    return [...shared].flatMap(([other, common]) =>
      common * 2 >= Math.min(subject.marks.size, other.marks.size) ? [[other.id, subject.id] as const] : [],
    )
  })
}

function groupsOf(pairs: readonly (readonly [number, number])[]): number[][] {
  const groupOf = new Map<number, Set<number>>()
  for (const [a, b] of pairs) {
    const joined = new Set([a, b, ...(groupOf.get(a) ?? []), ...(groupOf.get(b) ?? [])])
    for (const id of joined) groupOf.set(id, joined)
  }
  return [...new Set(groupOf.values())].map(group => [...group].sort((a, b) => a - b))
}

/** At a known place nothing is left of what was there: the same server with other models, or another server. */
function replacedProposal({ id, before, marks, isForeign, since }: Subject): Proposal[] {
  if (before === null) return []
  return [
    {
      kind: 'replaced',
      // Asked once for each time it happens.
      key: `replaced ${id} ${since}`,
      members: [id],
      confidence: isForeign ? Math.round(100 * weights['nothing-in-common']) : 40,
      reason: 'nothing-in-common',
      details: { before: before.size, after: marks.size },
    },
  ]
}
