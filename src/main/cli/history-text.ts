import { formatAddressPort } from '#shared/domain/address.ts'
import type { FactValue, FieldChange, InstanceName, ScanDiff, Timeline } from '#shared/domain/history.ts'
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
  const events = timeline.events.flatMap(({ at, kind, scan, endpoint, fields, reason, actor }) => [
    [
      at,
      words(`history:event.${kind}`),
      ...(endpoint === null ? [] : [endpoint]),
      ...(scan === null ? [] : [words('history:timeline.scan', { scan })]),
      ...(actor === null ? [] : [actor]),
      ...(reason === null ? [] : [reason]),
    ].join('  '),
    ...fields.map(field => `    ${fieldText(field, words)}`),
  ])
  return [nameText(timeline, words).trim(), ...clocks, '', ...events].map(printable).join('\n')
}
