import Papa from 'papaparse'
import {
  OwnerField,
  type OwnerInput,
  type OwnerKind,
  type OwnerMapping,
  type Reject,
  type RejectReason,
} from '#shared/domain/owner.ts'

export interface ReadOwners {
  readonly columns: readonly string[]
  readonly mapping: OwnerMapping
  readonly lines: number
  readonly owners: readonly OwnerInput[]
  readonly rejects: readonly Reject[]
}

/** More than any organisation has; a file with more is another file. */
const mostLines = 200_000

/** Headings that say what they are, in the languages and tools people export from. */
const knownHeadings: Readonly<Record<OwnerField, readonly string[]>> = {
  name: ['name', 'displayname', 'fullname', 'owner', 'anzeigename', 'besitzer', 'eigentümer', 'team'],
  email: ['email', 'mail', 'emailaddress', 'emailadresse', 'mailaddress', 'userprincipalname'],
  externalId: ['externalid', 'id', 'employeeid', 'personalnummer', 'objectid', 'samaccountname', 'uid'],
  unit: [
    'unit',
    'department',
    'organisationunit',
    'organizationunit',
    'organisationalunit',
    'orgunit',
    'abteilung',
    'ou',
  ],
  kind: ['kind', 'type', 'art', 'typ'],
}

const kinds: Readonly<Record<string, OwnerKind>> = {
  '': 'person',
  person: 'person',
  user: 'person',
  team: 'team',
  group: 'team',
  gruppe: 'team',
}

/** Reads owners out of a CSV file: comma, semicolon or tab; the first line names the columns. No line is lost silently. */
export function readOwnerCsv(text: string, given: OwnerMapping): ReadOwners {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: false })
  const [columns = [], ...data] = parsed.data
  const mapping = { ...guessMapping(columns), ...given }
  const rejects: Reject[] = []
  const owners: OwnerInput[] = []
  const take = createTaker()
  let lines = 0
  let next = 1 + linesOf(columns)
  for (const cells of data) {
    const line = next
    next += linesOf(cells)
    if (cells.every(cell => cell.trim() === '')) continue
    const read = ++lines > mostLines ? 'too-many-lines' : take(readLine(cells, columns, mapping))
    if (typeof read === 'string') {
      rejects.push({ line, reason: read, text: cells.join(', ').slice(0, 200) })
    } else owners.push(read)
  }
  return { columns, mapping, lines, owners, rejects }
}

/** Lets every owner through once. */
function createTaker() {
  const seen = new Set<string>()
  return (read: OwnerInput | RejectReason): OwnerInput | RejectReason => {
    if (typeof read === 'string') return read
    const key = keyOf(read)
    if (seen.has(key)) return 'duplicate-in-file'
    seen.add(key)
    return read
  }
}

/** A quoted cell may hold line ends: the line numbers are those an editor shows. */
function linesOf(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + cell.split('\n').length - 1, 1)
}

function guessMapping(columns: readonly string[]): OwnerMapping {
  const plain = (heading: string) => heading.toLowerCase().replace(/[\s_.-]/g, '')
  const entries = OwnerField.options.flatMap(field => {
    const found = columns.find(column => knownHeadings[field].includes(plain(column)))
    return found === undefined ? [] : [[field, found] as const]
  })
  return Object.fromEntries(entries)
}

function readLine(
  cells: readonly string[],
  columns: readonly string[],
  mapping: OwnerMapping,
): OwnerInput | RejectReason {
  if (cells.length !== columns.length) return 'field-count'
  const cell = (field: OwnerField) => {
    const column = mapping[field]
    return column === undefined ? '' : (cells[columns.indexOf(column)] ?? '').trim()
  }
  const [name, email] = [cell('name'), cell('email')]
  if (name === '') return 'name-missing'
  if (name.length > 200) return 'name-too-long'
  if (email !== '' && !isEmail(email)) return 'email-malformed'
  const kind = kinds[cell('kind').toLowerCase()]
  if (kind === undefined) return 'kind-unknown'
  const orNull = (text: string) => (text === '' ? null : text.slice(0, 300))
  return {
    kind,
    name,
    email: orNull(email),
    externalId: orNull(cell('externalId')),
    unit: orNull(cell('unit')),
  }
}

/** Something before and after one @, and a dot behind it: who exists, only the mail server knows. */
function isEmail(text: string): boolean {
  return text.length <= 320 && /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)
}

function keyOf({ externalId, email, kind, name }: OwnerInput): string {
  if (externalId !== null) return `id ${externalId}`
  return email === null ? `${kind} ${name.toLowerCase()}` : `mail ${email.toLowerCase()}`
}
