import { isoInstant } from '#shared/domain/instant.ts'
import type {
  Duty,
  Owner,
  OwnerImport,
  OwnerImportRequest,
  OwnerImportUndo,
  OwnerImportUndone,
  OwnerInput,
  OwnerKind,
} from '#shared/domain/owner.ts'
import type { OwnerId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type ReadOwners, readOwnerCsv } from '../exchange/owner-csv.ts'
import * as owners from '../store/owners.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'

export function listOwners({ store }: Pick<Reading, 'store'>): Owner[] {
  const rows = new Map(owners.rowsByOwner(store, {}).map(({ name, count }) => [name, count]))
  const proposed = new Map(owners.proposedByOwner(store, {}).map(each => [each.owner_id, each.count]))
  const stated = Map.groupBy(owners.statedByOwner(store, {}), each => each.owner_id)
  return owners.listOwners(store, {}).map(record => {
    const duties = stated.get(record.id) ?? []
    const countOf = (duty: Duty) => duties.find(each => each.duty === duty)?.count ?? 0
    return {
      id: record.id as OwnerId,
      ...inputOf(record),
      instanceCount: rows.get(record.name) ?? 0,
      stated: { technical: countOf('technical'), data: countOf('data'), risk: countOf('risk') },
      proposedCount: proposed.get(record.id) ?? 0,
      createdAt: isoInstant(record.created_at),
    }
  })
}

export function inputOf(record: owners.OwnerRecord): OwnerInput {
  const { kind, name, email, external_id, unit } = record
  return { kind: kind as OwnerKind, name, email, externalId: external_id, unit }
}

/** The owner named by id, e-mail address or id in the directory. */
export function findOwner(store: ReadableStore, name: string): Result<owners.OwnerRecord> {
  const text = name.trim()
  const byId = /^\d{1,15}$/.test(text) ? owners.ownerById(store, { id: Number(text) }) : undefined
  if (byId !== undefined) return succeed(byId)
  const found = owners.ownersLike(store, { name: text })
  const [only, another] = found
  return only !== undefined && another === undefined ? succeed(only) : fail('owner-unknown', { owner: name })
}

/** What an import would do, without doing it. */
export function previewOwners({ store }: Reading, request: OwnerImportRequest): OwnerImport {
  const read = readOwnerCsv(request.csv, request.mapping)
  return importOf(null, request.file, read, planOf(store, read))
}

/** Takes owners over from a file: new ones are added, known ones (same id, e-mail or name) changed. */
export function importOwners(transaction: Transaction, request: OwnerImportRequest): Result<OwnerImport> {
  const { store, now, actor, changed } = transaction
  const read = readOwnerCsv(request.csv, request.mapping)
  const lack = lackOf(read)
  if (lack !== null) return lack
  if (read.mapping.name === undefined) return fail('column-missing', { columns: read.columns.join(', ') })
  const plan = planOf(store, read)
  if (plan.added.length + plan.changed.length === 0) return succeed(importOf(null, request.file, read, plan))
  const { id } = owners.addOwnerImport(store, {
    at: now,
    actor,
    file: request.file,
    added: plan.added.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
    rejected: read.rejects.length,
  })
  for (const input of plan.added) {
    const { id: owner } = owners.addOwner(store, { ...input, at: now })
    owners.addImportRow(store, { import: id, owner, before: null })
    changed(`owner ${owner}`, null, input)
  }
  for (const { record, input } of plan.changed) {
    const before = inputOf(record)
    owners.updateOwner(store, { id: record.id, ...input })
    owners.addImportRow(store, { import: id, owner: record.id, before: JSON.stringify(before) })
    changed(`owner ${record.id}`, before, input)
  }
  return succeed(importOf(id, request.file, read, plan))
}

/** A column that was named and is not there is a mistake, and not a reason to reject every line. */
function lackOf({ mapping, columns }: ReadOwners): Result<never> | null {
  const wrong = Object.values(mapping).find(column => column !== undefined && !columns.includes(column))
  return wrong === undefined ? null : fail('column-unknown', { column: wrong, columns: columns.join(', ') })
}

/** The same before it is done, as an answer: what is lacking is told. */
export function tryOwnerFile(reading: Reading, request: OwnerImportRequest): Result<OwnerImport> {
  return lackOf(readOwnerCsv(request.csv, request.mapping)) ?? succeed(previewOwners(reading, request))
}

/**
 * Takes an import back: who it added goes, who it changed is as before. If somebody it added answers for something by now,
 * that is refused, with names; `rest` leaves them where they are and takes back all the others.
 */
export function undoImport(
  { store, now, changed }: Transaction,
  { id, rest }: OwnerImportUndo,
): Result<OwnerImportUndone> {
  const done = owners.ownerImportById(store, { id })
  if (done === undefined || done.undone_at !== null) return fail('import-unknown', { id })
  const used = owners.importedInUse(store, { import: id })
  if (used.length > 0 && !rest) return fail('import-in-use', { id, count: used.length, who: namesOf(used) })
  const later = owners.importedSince(store, { import: id })
  if (later !== undefined) return fail('import-overtaken', { id, later: later.import_id })
  const stays = new Set(used.map(owner => owner.id))
  const counts = { removed: 0, restored: 0, kept: stays.size }
  for (const { owner_id, before } of owners.importRows(store, { import: id })) {
    const record = owners.ownerById(store, { id: owner_id })
    if (record === undefined || stays.has(owner_id)) continue
    takeBack(store, record, before, now)
    changed(`owner ${owner_id}`, inputOf(record), before === null ? null : JSON.parse(before))
    if (before === null) counts.removed++
    else counts.restored++
  }
  owners.markImportUndone(store, { id, at: now })
  return succeed(counts)
}

/** So many are named; the number tells of all. */
const mostNamed = 5

/** Who answers for how much: instances and inheritances. */
function namesOf(used: ReturnType<typeof owners.importedInUse>): string {
  const named = used
    .slice(0, mostNamed)
    .map(({ name, instances, inheritances }) => `${name} (${(instances ?? 0) + (inheritances ?? 0)})`)
  return [...named, ...(used.length > mostNamed ? ['…'] : [])].join(', ')
}

function takeBack(store: WritableStore, { id }: owners.OwnerRecord, before: string | null, at: number): void {
  if (before === null) owners.removeOwner(store, { id, at })
  else owners.updateOwner(store, { id, ...(JSON.parse(before) as OwnerInput) })
}

interface Plan {
  readonly added: OwnerInput[]
  readonly changed: { readonly record: owners.OwnerRecord; readonly input: OwnerInput }[]
  unchanged: number
}

function planOf(store: ReadableStore, { owners: read }: ReadOwners): Plan {
  const known = indexOf(owners.listOwners(store, {}))
  const plan: Plan = { added: [], changed: [], unchanged: 0 }
  for (const input of read) {
    const record = known(input)
    if (record === undefined) plan.added.push(input)
    else {
      // A column the file does not have says nothing about what is known already.
      const merged = mergeInput(inputOf(record), input)
      if (JSON.stringify(merged) === JSON.stringify(inputOf(record))) plan.unchanged++
      else plan.changed.push({ record, input: merged })
    }
  }
  return plan
}

function mergeInput(before: OwnerInput, now: OwnerInput): OwnerInput {
  return {
    kind: now.kind,
    name: now.name,
    email: now.email ?? before.email,
    externalId: now.externalId ?? before.externalId,
    unit: now.unit ?? before.unit,
  }
}

/** Who is meant: by the id in the directory, else by e-mail, else by name where neither side has more to go by. */
function indexOf(records: readonly owners.OwnerRecord[]) {
  const ids = new Map(
    records.flatMap(record => (record.external_id === null ? [] : [[record.external_id, record]])),
  )
  const mails = new Map(
    records.flatMap(record => (record.email === null ? [] : [[record.email.toLowerCase(), record]])),
  )
  const names = new Map(
    records
      .filter(({ email, external_id }) => email === null && external_id === null)
      .map(record => [`${record.kind} ${record.name.toLowerCase()}`, record]),
  )
  return ({ externalId, email, kind, name }: OwnerInput): owners.OwnerRecord | undefined => {
    const byId = externalId === null ? undefined : ids.get(externalId)
    if (byId !== undefined) return byId
    const byMail = email === null ? undefined : mails.get(email.toLowerCase())
    // The same address under another id in the directory is another entry of it.
    if (byMail !== undefined && (externalId === null || byMail.external_id === null)) return byMail
    return names.get(`${kind} ${name.toLowerCase()}`)
  }
}

function importOf(id: number | null, file: string, read: ReadOwners, plan: Plan): OwnerImport {
  return {
    id,
    file,
    columns: [...read.columns],
    mapping: read.mapping,
    lines: read.lines,
    added: plan.added.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
    rejected: [...read.rejects],
    sample: read.owners.slice(0, 5),
  }
}
