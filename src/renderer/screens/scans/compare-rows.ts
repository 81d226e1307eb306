import { compareAddresses, parseAddress } from '#shared/domain/address.ts'
import type { InstanceName, ScanDiff } from '#shared/domain/history.ts'
import { expandChange } from '../../components/field-words.ts'
import type { ComparedPart } from '../../state/route.ts'

/** A line of a comparison: an instance, or one fact of it that differs. */
export interface ComparedRow {
  readonly key: string
  readonly name: InstanceName
  /** Of several lines about one instance, the first. */
  readonly isFirst: boolean
  /** null: nothing about it differs. */
  readonly change: { readonly name: string; readonly from: Fact; readonly to: Fact } | null
  readonly presence: ScanDiff['gone'][number]['presence'] | null
  readonly missed: Pick<ScanDiff['notCovered'][number], 'scans' | 'why'> | null
}

type Fact = ScanDiff['changed'][number]['fields'][number]['from']

/** One part of a comparison line by line, by site and address. */
export function comparedRows(diff: ScanDiff, part: ComparedPart): ComparedRow[] {
  const places = new Map(diff[part].map(name => [name.instance, parseAddress(name.address)]))
  return linesIn(diff, part).sort(({ name: a }, { name: b }) => {
    const [from, to] = [places.get(a.instance), places.get(b.instance)]
    const byPlace = from == null || to == null ? 0 : compareAddresses(from, to)
    return a.site.localeCompare(b.site) || byPlace || a.port - b.port || a.instance - b.instance
  })
}

function linesIn(diff: ScanDiff, part: ComparedPart): ComparedRow[] {
  switch (part) {
    case 'new':
      return diff.new.map(name => line(name))
    case 'gone':
      return diff.gone.map(each => ({ ...line(each), presence: each.presence }))
    case 'notCovered':
      return diff.notCovered.map(each => ({ ...line(each), missed: each }))
    case 'changed':
    case 'returned':
      return diff[part].flatMap(linesOf)
  }
}

function linesOf(entry: ScanDiff['returned'][number]): ComparedRow[] {
  const changes = entry.fields.flatMap(expandChange)
  if (changes.length === 0) return [line(entry)]
  return changes.map((change, index) => ({
    ...line(entry),
    key: `${entry.instance} ${index}`,
    isFirst: index === 0,
    change,
  }))
}

function line(name: InstanceName): ComparedRow {
  return { key: String(name.instance), name, isFirst: true, change: null, presence: null, missed: null }
}
