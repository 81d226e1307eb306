import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { Exception } from '#shared/domain/exception.ts'
import { Drawer } from '../../components/drawer.tsx'
import { Fact, Facts, Section } from '../../components/facts.tsx'
import { ExceptionMark } from '../../components/finding-marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useRules } from '../../data/rules.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'
import { formatRoute } from '../../state/route.ts'
import { DecideException } from './decide-exception.tsx'
import css from './findings.module.css'
import { LapseReason } from './lapse-reason.tsx'

/** One exception with all its terms, and its decision. */
export function ExceptionDrawer({ exception, onClose }: { exception: Exception; onClose: () => void }) {
  const { t } = useWords()
  const { preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const rules = useRules()
  const [deciding, setDeciding] = useState<'approve' | 'reject' | null>(null)
  const { id, rule, address, port, status, isExpiring } = exception
  return (
    <Drawer
      label={t('findings:exception.label', { id })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={onClose}
      heading={
        <>
          <h2>{rules.titleOf(rule)}</h2>
          <p className={css['headLine']}>
            <Mono>{formatAddressPort(address, port)}</Mono>
            <ExceptionMark status={status} isExpiring={isExpiring} />
            <LapseReason exception={exception} />
          </p>
        </>
      }
      footer={
        status === 'requested' ? (
          <>
            <Button variant="default" onClick={() => setDeciding('reject')}>
              {t('findings:exception.reject')}
            </Button>
            <Button onClick={() => setDeciding('approve')}>{t('findings:exception.approve')}</Button>
          </>
        ) : undefined
      }
    >
      <p className={css['state']}>{t(`findings:exception.state.${status}`)}</p>
      <Terms exception={exception} />
      {deciding === null ? null : (
        <DecideException exception={exception} kind={deciding} onClose={() => setDeciding(null)} />
      )}
    </Drawer>
  )
}

function Terms({ exception }: { exception: Exception }) {
  const { t } = useWords()
  const language = useLanguage()
  const { finding, reason, control, owner, expiresOn, requestedBy, requestedAt, decidedBy, decidedAt } =
    exception
  return (
    <>
      <Section title={t('findings:request.reason')}>
        <p className={css['said']}>{reason}</p>
      </Section>
      <Section title={t('findings:request.control')}>
        <p className={css['said']}>{control}</p>
      </Section>
      <Facts>
        <Fact name={t('findings:request.owner')}>{owner}</Fact>
        <Fact name={t('findings:register.until')}>{formatDate(expiresOn, language)}</Fact>
        <Fact name={t('findings:register.requestedBy')}>
          {requestedBy}, <TimeAgo at={requestedAt} />
        </Fact>
        {decidedBy === null || decidedAt === null ? null : (
          <Fact name={t('findings:register.decidedBy')}>
            {decidedBy}, <TimeAgo at={decidedAt} />
          </Fact>
        )}
        {exception.endedAt === null ? null : (
          <Fact name={t('findings:register.ended')}>
            <TimeAgo at={exception.endedAt} /> <LapseReason exception={exception} />
          </Fact>
        )}
        <Fact name={t('findings:exception.finding')}>
          <a href={formatRoute({ ...findings, finding })}>{t('findings:drawer.label', { id: finding })}</a>
        </Fact>
      </Facts>
    </>
  )
}
