/** How far back the audit is looked at. */
export const auditSpans = ['day', 'week', 'month', 'all'] as const
export type AuditSpan = (typeof auditSpans)[number]

export interface AuditRoute {
  readonly screen: 'audit'
  readonly entry: number | null
  readonly text: string
  readonly actor: string
  readonly command: string
  readonly subject: string
  readonly outcome: 'done' | 'refused' | null
  readonly span: AuditSpan
}

export const audit: AuditRoute = {
  screen: 'audit',
  entry: null,
  text: '',
  actor: '',
  command: '',
  subject: '',
  outcome: null,
  span: 'all',
}

const words = ['text', 'actor', 'command', 'subject'] as const

/** `#/audit/17?actor=Ada&command=owner.assign&subject=instance%204` */
export function parseAudit(path: string | undefined, parameters: URLSearchParams): AuditRoute {
  const outcome = parameters.get('outcome')
  const [text, actor, command, subject] = words.map(name => parameters.get(name) ?? '')
  return {
    screen: 'audit',
    entry: path !== undefined && /^[1-9]\d{0,14}$/.test(path) ? Number(path) : null,
    text: text ?? '',
    actor: actor ?? '',
    command: command ?? '',
    subject: subject ?? '',
    outcome: outcome === 'done' || outcome === 'refused' ? outcome : null,
    span: auditSpans.find(span => span === parameters.get('span')) ?? 'all',
  }
}

export function formatAudit(route: AuditRoute): string {
  const values = new URLSearchParams()
  for (const name of words) if (route[name] !== '') values.set(name, route[name])
  if (route.outcome !== null) values.set('outcome', route.outcome)
  if (route.span !== 'all') values.set('span', route.span)
  const text = values.toString()
  return `#/audit${route.entry === null ? '' : `/${route.entry}`}${text === '' ? '' : `?${text}`}`
}
