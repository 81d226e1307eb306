import { FindingColumn } from '#shared/domain/finding-list.ts'

/** `#/findings/17?text=severity:high&sort=-openedAt`, `#/findings/exceptions/3?show=pending` */
export interface FindingsRoute {
  readonly screen: 'findings'
  readonly part: 'list' | 'exceptions'
  readonly text: string
  /** null: the most severe and oldest first. */
  readonly sort: { readonly column: FindingColumn; readonly descending: boolean } | null
  readonly finding: number | null
  readonly exception: number | null
  /** Which part of the register. */
  readonly show: string
}

/** What somebody has to do something about. */
export const toDo = 'status:active'

export const findings: FindingsRoute = {
  screen: 'findings',
  part: 'list',
  text: toDo,
  sort: null,
  finding: null,
  exception: null,
  show: 'pending',
}
export const exceptions: FindingsRoute = { ...findings, part: 'exceptions' }

export function parseFindings(
  first: string | undefined,
  second: string | undefined,
  parameters: URLSearchParams,
): FindingsRoute {
  const isRegister = first === 'exceptions'
  return {
    ...findings,
    part: isRegister ? 'exceptions' : 'list',
    text: parameters.get('text') ?? toDo,
    sort: sortOf(parameters.get('sort') ?? ''),
    finding: isRegister ? null : idOf(first),
    exception: isRegister ? idOf(second) : null,
    show: parameters.get('show') ?? findings.show,
  }
}

export function formatFindings({ part, text, sort, finding, exception, show }: FindingsRoute): string {
  const isRegister = part === 'exceptions'
  const id = isRegister ? exception : finding
  const given = new URLSearchParams()
  if (isRegister && show !== findings.show) given.set('show', show)
  if (!isRegister && text !== toDo) given.set('text', text)
  if (!isRegister && sort !== null) given.set('sort', `${sort.descending ? '-' : ''}${sort.column}`)
  const query = given.size === 0 ? '' : `?${given}`
  return `#/findings${isRegister ? '/exceptions' : ''}${id === null ? '' : `/${id}`}${query}`
}

function sortOf(text: string): FindingsRoute['sort'] {
  const column = FindingColumn.safeParse(text.replace(/^-/, ''))
  return column.success ? { column: column.data, descending: text.startsWith('-') } : null
}

function idOf(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}
