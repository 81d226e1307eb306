import { formatAddressPort } from '#shared/domain/address.ts'
import type { IdentityProposal, InstanceAnnotations } from '#shared/domain/identity.ts'
import { printable } from './table.ts'
import type { Words } from './words.ts'

/** What people said of an instance, and who it is taken to be. */
export function annotationsText(all: InstanceAnnotations, words: Words): string {
  const { tags, note, disposition, proposals, changes } = all
  return [
    memberText(all),
    ...(tags.length === 0 ? [] : [words('identity:tags', { tags: tags.join(', ') })]),
    ...(disposition === null
      ? []
      : [words(`identity:disposition.${disposition.value}`, { by: disposition.by, at: disposition.at })]),
    ...(note === null ? [] : [words('identity:note', note)]),
    ...changes.map(({ at, kind, actor, from, to, undone }) =>
      words(`identity:change.${undone ? 'undone' : kind}`, {
        at,
        from,
        to,
        by: actor ?? words('identity:scan'),
      }),
    ),
    ...(proposals.length === 0 ? [] : ['', proposalsText(proposals, words)]),
  ]
    .map(printable)
    .join('\n')
}

function memberText(member: IdentityProposal['members'][number]): string {
  const { instance, address, port, site } = member
  return address === undefined || port === undefined
    ? String(instance)
    : `${instance}  ${formatAddressPort(address, port)}  ${site ?? ''}`
}

/** Questions about who is who, with what speaks for each and how to answer it. */
export function proposalsText(proposals: readonly IdentityProposal[], words: Words): string {
  if (proposals.length === 0) return words('identity:none')
  const one = ({ id, kind, members, confidence, reason, details }: IdentityProposal) => {
    const ids = members.map(({ instance }) => instance)
    return [
      `${id}  ${words(`identity:kind.${kind}`, { first: ids[0] ?? '', second: ids[1] ?? '', all: ids.join(', ') })}`,
      `    ${words('identity:confidence', { confidence })} ${words(`identity:reason.${reason}`, details)}`,
      ...members.map(member => `    ${memberText(member)}`),
    ].join('\n')
  }
  return [...proposals.map(one), '', words('identity:answer')].join('\n')
}
