import { Button } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { IdentityProposal } from '#shared/domain/identity.ts'
import { Mono } from '../../components/mono.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './identity.module.css'
import { useIdentityActions } from './use-identity-actions.ts'

type Member = IdentityProposal['members'][number]

export interface ProposalListProps {
  readonly proposals: readonly IdentityProposal[]
  /** The instance that is on show, which needs no link. */
  readonly about: number | null
  /** Answered with no: they can be asked again. */
  readonly isDismissed?: boolean
}

/** Questions about who is who, each with what speaks for it, and the two answers. */
export function ProposalList({ proposals, about, isDismissed = false }: ProposalListProps) {
  return (
    <ul className={css['list']}>
      {proposals.map(proposal => (
        <Proposal key={proposal.id} proposal={proposal} about={about} isDismissed={isDismissed} />
      ))}
    </ul>
  )
}

interface ProposalProps {
  readonly proposal: IdentityProposal
  readonly about: number | null
  readonly isDismissed: boolean
}

function Proposal({ proposal, about, isDismissed }: ProposalProps) {
  const { t } = useWords()
  const { kind, members, confidence, reason, details, openedAt } = proposal
  const names = members.map(nameOf)
  const [first = '', second = ''] = names
  return (
    <li className={css['proposal']}>
      <strong>{t(`identity:kind.${kind}`, { first, second, all: names.join(', ') })}</strong>
      <div>{reasonText(reason, details, t)}</div>
      <div className={css['meta']}>
        <span>{t('identity:tab.confidence', { confidence })}</span>
        <span>
          {t('identity:tab.asked')} <TimeAgo at={openedAt} />
        </span>
      </div>
      <ul className={css['members']}>
        {members.map(member => (
          <li key={member.instance}>
            {member.instance === about ? (
              <span className={css['muted']}>{t('identity:tab.this')}</span>
            ) : (
              <a href={formatRoute({ ...inventory, instance: member.instance, tab: 'models' })}>
                <Mono>{nameOf(member)}</Mono>
              </a>
            )}{' '}
            <span className={css['muted']}>{member.site}</span>
          </li>
        ))}
      </ul>
      <div className={css['answers']}>
        {isDismissed ? <AskAgain id={proposal.id} /> : <Answers proposal={proposal} />}
      </div>
    </li>
  )
}

function Answers({ proposal: { id, kind } }: Pick<ProposalProps, 'proposal'>) {
  const { t } = useWords()
  const { answer, isRunning } = useIdentityActions()
  return (
    <>
      <Button
        size="xs"
        disabled={isRunning}
        leftSection={<IconCheck size={14} aria-hidden />}
        onClick={() => void answer(id, true)}
      >
        {t(`identity:tab.accept.${kind}`)}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={isRunning}
        leftSection={<IconX size={14} aria-hidden />}
        onClick={() => void answer(id, false)}
      >
        {t('identity:tab.dismiss')}
      </Button>
    </>
  )
}

function AskAgain({ id }: { id: number }) {
  const { t } = useWords()
  const { reopen, isRunning } = useIdentityActions()
  return (
    <Button size="xs" variant="default" disabled={isRunning} onClick={() => void reopen(id)}>
      {t('identity:tab.reopen')}
    </Button>
  )
}

function nameOf({ instance, address, port }: Member): string {
  return address === undefined || port === undefined ? String(instance) : formatAddressPort(address, port)
}

/** That each reason has its words, a test compares. */
function reasonText(reason: string, details: Readonly<Record<string, number>>, t: Words): string {
  return (t as unknown as (key: string, details: object) => string)(`identity:reason.${reason}`, details)
}
