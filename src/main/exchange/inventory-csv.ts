import Papa from 'papaparse'
import type { InstanceRow } from '#shared/domain/instance.ts'
import { formulae } from './formulae.ts'

const columns: Readonly<Record<string, (row: InstanceRow) => string | number | boolean | null>> = {
  id: row => row.id,
  site: row => row.site,
  zone: row => row.zone,
  address: row => row.address,
  port: row => row.port,
  product: row => row.product,
  confidence: row => row.confidence,
  suspected: row => row.suspected,
  version: row => row.version,
  access: row => row.access,
  tls: row => row.tls,
  cors: row => row.cors,
  models: row => join(row.models?.map(model => model.name)),
  capabilities: row => join(row.capabilities),
  toolCalling: row => row.toolCalling,
  running: row => join(row.running),
  hostnames: row => join(row.hostnames),
  firstSeenAt: row => row.firstSeenAt,
  lastSeenAt: row => row.lastSeenAt,
  presence: row => row.presence,
  owner: row => row.owner,
  advisories: row => row.advisories,
  tags: row => join(row.tags),
  note: row => row.note,
  disposition: row => row.disposition,
}

/** A list in one cell; unknown (an empty cell) differs from none (`-`). */
function join(list: readonly string[] | null | undefined): string | null {
  return list == null ? null : list.length === 0 ? '-' : list.join('; ')
}

/** RFC 4180, a heading line, one line an instance. Text that a spreadsheet would run as a formula is escaped. */
export function inventoryCsv(rows: readonly InstanceRow[]): string {
  const data = rows.map(row => Object.values(columns).map(read => read(row)))
  return Papa.unparse({ fields: Object.keys(columns), data }, { escapeFormulae: formulae, newline: '\r\n' })
}
