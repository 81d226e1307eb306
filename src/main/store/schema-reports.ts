import type { Generated } from 'kysely'

interface Reports {
  id: Generated<number>
  kind: string
  request: string
  created_at: number
  created_by: string
  manifest: string
}

export interface ReportTables {
  reports: Reports
}
