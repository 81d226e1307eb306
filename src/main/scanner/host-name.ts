import type { Certificate } from '#shared/domain/certificate.ts'
import type { HostName } from '#shared/domain/observation.ts'

const label = /^(?:\*|[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)$/i

/** Whether a text can be the name of a host: what servers and name servers say is not believed to be one. */
export function isHostName(text: string): boolean {
  if (text.length === 0 || text.length > 253 || /^[\d.]+$/.test(text)) return false
  return text
    .replace(/\.$/, '')
    .split('.')
    .every(part => label.test(part))
}

/** The host names a certificate is for. `*.example.org` is none, and `localhost` is everybody's. */
export function hostNamesIn(certificate: Certificate | null): HostName[] {
  const names = certificate?.names ?? []
  return names
    .filter(name => !name.startsWith('*') && !/(^|\.)localhost\.?$/.test(name))
    .map(name => ({ name, source: 'certificate' as const }))
}
