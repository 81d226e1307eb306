/** `#/reports`, `#/reports/new`, `#/reports/compliance?framework=iso-27001-2022` */
export interface ReportsRoute {
  readonly screen: 'reports'
  readonly part: 'kept' | 'compliance'
  readonly isNew: boolean
  /** null: the first. */
  readonly framework: string | null
}

export const reports: ReportsRoute = { screen: 'reports', part: 'kept', isNew: false, framework: null }

export function parseReports(first: string | undefined, parameters: URLSearchParams): ReportsRoute {
  return {
    ...reports,
    part: first === 'compliance' ? 'compliance' : 'kept',
    isNew: first === 'new',
    framework: parameters.get('framework'),
  }
}

export function formatReports({ part, isNew, framework }: ReportsRoute): string {
  const path = part === 'compliance' ? '/compliance' : isNew ? '/new' : ''
  return `#/reports${path}${framework === null ? '' : `?${new URLSearchParams({ framework })}`}`
}
