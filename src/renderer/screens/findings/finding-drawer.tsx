import { formatAddressPort } from '#shared/domain/address.ts'
import type { FindingDetail } from '#shared/domain/finding.ts'
import type { FindingId } from '#shared/ids.ts'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { DueMark, FindingStatusMark } from '../../components/finding-marks.tsx'
import { SeverityMark } from '../../components/marks.tsx'
import { CopyButton, Mono } from '../../components/mono.tsx'
import { RemedyPart } from '../../components/remedy-part.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useParts, usePreferences, useRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useRules } from '../../data/rules.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory, linkTo } from '../../state/route.ts'
import { FindingActions } from './finding-actions.tsx'
import { isToDo } from './finding-columns.tsx'
import { FindingEvidence } from './finding-evidence.tsx'
import { FindingHistory } from './finding-history.tsx'
import { FindingSiblings } from './finding-siblings.tsx'
import { FindingWhy } from './finding-why.tsx'
import css from './findings.module.css'
import type { Verify } from './use-verify.ts'

export interface FindingDrawerProps {
  readonly id: number
  readonly verify: Verify
  readonly onExcept: () => void
  readonly onClose: () => void
  readonly onStep: (step: 1 | -1) => void
}

/** What is wrong, why it matters, what shows it, and what to do. */
export function FindingDrawer({ id, verify, onExcept, onClose, onStep }: FindingDrawerProps) {
  const { t } = useWords()
  const { preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const rules = useRules()
  const read = useRead('finding.show', { id: id as FindingId }, { keepPrevious: true })
  const finding = read.data
  const rule = finding === undefined ? undefined : rules.of(finding.rule)
  return (
    <Drawer
      label={t('findings:drawer.label', { id })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={onClose}
      onStep={onStep}
      heading={
        finding === undefined ? (
          <h2>{t('loading')}</h2>
        ) : (
          <Heading finding={finding} title={rules.titleOf(finding.rule)} />
        )
      }
      footer={
        finding === undefined ? undefined : (
          <FindingActions finding={finding} verify={verify} onExcept={onExcept} />
        )
      }
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {finding === undefined && read.failure === null ? <LoadingPanel /> : null}
      {finding === undefined ? null : (
        <div className={css['parts']} key={finding.id}>
          <FindingWhy finding={finding} rule={rule} />
          <FindingSiblings finding={finding} />
          {rule === undefined ? null : <RemedyPart remedies={rule.remedies} />}
          <FindingEvidence finding={finding} />
          <FindingHistory events={finding.events} />
        </div>
      )}
    </Drawer>
  )
}

function Heading({ finding, title }: { finding: FindingDetail; title: string }) {
  const { t } = useWords()
  const route = useRoute()
  const { address, port, instanceId, severity, status, dueAt, subject } = finding
  return (
    <>
      <h2>
        {title} <CopyButton text={linkTo(route)} label={t('findings:drawer.copyLink')} shape="link" />
      </h2>
      <p className={css['headLine']}>
        <a href={formatRoute({ ...inventory, instance: instanceId })}>
          <Mono>{formatAddressPort(address, port)}</Mono>
        </a>
        {subject === 'instance' ? null : <Mono>{subject}</Mono>}
      </p>
      <p className={css['headLine']}>
        <SeverityMark severity={severity} />
        <FindingStatusMark status={status} />
        {isToDo(finding) ? <DueMark dueAt={dueAt} isOver={false} /> : null}
      </p>
    </>
  )
}
