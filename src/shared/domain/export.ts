import * as z from 'zod'

/** What can be taken out, each table whole or, where it says so, narrowed by a query. */
export const exportTables = [
  'instances',
  'models',
  'findings',
  'exceptions',
  'owners',
  'ranges',
  'proposals',
  'candidates',
  'imports',
  'scans',
  'rules',
  'audit',
] as const
export const ExportTable = z.enum(exportTables)
export type ExportTable = z.infer<typeof ExportTable>

/** Tables that follow a query: of the inventory, and findings one of their own. */
export const queriedTables: readonly ExportTable[] = ['instances', 'models', 'findings', 'exceptions']

export const exportFormats = ['csv', 'xlsx', 'json', 'cyclonedx'] as const
export const ExportFormat = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof ExportFormat>

export const ExportRequest = z.object({
  table: ExportTable.default('instances'),
  format: ExportFormat,
  /** Where it is written, as an absolute path. What is there already is replaced. */
  file: z.string().min(1).max(4096),
  query: z.string().max(100_000).default(''),
  /** CSV: a mark at the beginning, by which older spreadsheets know UTF-8. */
  bom: z.boolean().default(false),
  delimiter: z.enum([',', ';']).default(','),
})
export type ExportRequest = z.infer<typeof ExportRequest>

export const Exported = z.object({
  file: z.string(),
  table: ExportTable,
  format: ExportFormat,
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** SHA-256 of the file, in hex. */
  digest: z.string(),
})
export type Exported = z.infer<typeof Exported>
