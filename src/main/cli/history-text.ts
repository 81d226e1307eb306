import { formatAddressPort } from '#shared/domain/address.ts'
import type { FactValue, FieldChange, InstanceName, ScanDiff, Timeline } from '#shared/domain/history.ts'
import type { PersistenceDefinition, PersistenceSummary } from '#shared/domain/persistence.ts'
import { printable } from './table.ts'
import type { Words } from './words.ts'

/** Two scans side by side, for people. */
export function diffText(diff: ScanDiff, words: Words): string {
  const part = <Entry extends InstanceName>(
    name: 'new' | 'changed' | 'gone' | 'returned' | 'notCovered',
    entries: readonly Entry[],
    more: (entry: Entry) => readonly string[],
  ) =>
    entries.length === 0
      ? []
      : [
          '',
          words(`history:diff.${name}`, { count: entries.length }),
          ...entries.flatMap(each => [nameText(each, words), ...more(each)]),
        ]
  const fieldLines = ({ fields }: { readonly fields: readonly FieldChange[] }) =>
    fields.map(field => `      ${fieldText(field, words)}`)
  const parts = [
    ...part('new', diff.new, () => []),
    ...part('changed', diff.changed, fieldLines),
    ...part('gone', diff.gone, ({ presence }) => [`      ${words(`terms:presence.${presence}`)}`]),
    ...part('returned', diff.returned, fieldLines),
    ...part('notCovered', diff.notCovered, ({ scans, why }) => [
      `      ${words(`history:diff.why.${why}`, { scans: scans.join(', ') })}`,
    ]),
  ]
  const head = words('history:diff.head', {
    from: diff.from.id,
    fromAt: diff.from.startedAt,
    to: diff.to.id,
    toAt: diff.to.startedAt,
  })
  return [head, ...(parts.length === 0 ? ['', words('history:diff.nothing')] : parts)].join('\n')
}

function nameText({ instance, site, address, port, product }: InstanceName, words: Words): string {
  const place = formatAddressPort(address, port)
  return printable(`  ${instance}  ${place}  ${words(`terms:product.${product}`)}  ${site}`)
}

function fieldText({ name, from, to }: FieldChange, words: Words): string {
  return printable(`${name}: ${valueText(from, words)} → ${valueText(to, words)}`)
}

function valueText(value: FactValue, words: Words): string {
  if (value === null) return '–'
  if (typeof value === 'boolean') return words(value ? 'terms:yes' : 'terms:no')
  // Twelve digits of a digest are what people compare.
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : String(value)
}

function reasonText(kind: string, reason: string, words: Words): string {
  if (kind === 'finding') return words(`governance:findingReason.${reason}`)
  const isDecided = kind === 'decision' || kind === 'ownership'
  return words(isDecided ? `history:decided.${reason.replace('.', '-')}` : `terms:linkReason.${reason}`)
}

/** Instances by band, with what the bands mean. */
export function persistenceText({ instances, bands, definition }: PersistenceSummary, words: Words): string {
  const all = Object.values(bands).reduce((sum, band) => sum + band.answered, 0)
  const lines = Object.entries(bands).map(([band, counts]) =>
    words('history:persistence.line', {
      band: words(`history:band.${band}`),
      count: counts.instances,
      share: percent(counts.instances, instances),
      answered: percent(counts.answered, all),
    }),
  )
  return [...lines, definitionText(definition, words)].join('\n')
}

function definitionText({ persistentShare, persistentScans }: PersistenceDefinition, words: Words): string {
  const share = Math.round(persistentShare * 100)
  return words('history:persistence.definition', { percent: share, scans: persistentScans })
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0' : ((part / whole) * 100).toFixed(1)
}

/** What happened to an instance, newest first. */
export function timelineText(timeline: Timeline, words: Words): string {
  const clocks = timeline.clocks.map(({ endpoint, presence, since, confirmedAt }) =>
    words('history:timeline.clock', {
      endpoint,
      presence: words(`terms:presence.${presence}`),
      since,
      confirmedAt,
    }),
  )
  const events = timeline.events.flatMap(({ at, kind, scan, endpoint, fields, reason, actor, finding }) => [
    [
      at,
      words(`history:event.${kind}`),
      ...(finding === null ? [] : [`${finding.id} ${finding.rule} ${finding.subject}`]),
      ...(endpoint === null ? [] : [endpoint]),
      ...(scan === null ? [] : [words('history:timeline.scan', { scan })]),
      ...(actor === null ? [] : [actor]),
      ...(reason === null ? [] : [reasonText(kind, reason, words)]),
    ].join('  '),
    ...fields.map(field => `    ${fieldText(field, words)}`),
  ])
  const { band, answered, covering, definition } = timeline.persistence
  const persistence = words('history:persistence.one', {
    band: words(`history:band.${band}`),
    answered,
    covering,
  })
  const kept =
    timeline.keptSince === null ? [] : [words('history:timeline.kept', { since: timeline.keptSince })]
  const head = [nameText(timeline, words).trim(), ...clocks, persistence, definitionText(definition, words)]
  return [...head, '', ...events, ...kept].map(printable).join('\n')
}
