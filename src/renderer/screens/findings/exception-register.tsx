import { SegmentedControl } from '@mantine/core'
import { IconShieldPause } from '@tabler/icons-react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { Exception } from '#shared/domain/exception.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { ExceptionMark } from '../../components/finding-marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useRules } from '../../data/rules.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import { exceptions as exceptionsRoute } from '../../state/findings-route.ts'
import { formatRoute } from '../../state/route.ts'
import { ExceptionDrawer } from './exception-drawer.tsx'
import { type RegisterPart, registerParts, within } from './exception-parts.ts'
import css from './findings.module.css'
import { FindingsHeader } from './findings-header.tsx'
import { LapseReason } from './lapse-reason.tsx'

/** Every leave to break a rule: asked for, in force, about to end, and over. */
export function ExceptionRegister() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('findings', exceptionsRoute)
  const read = useRead('exception.list', {})
  const all = read.data
  const show = registerParts.find(part => part === route.show) ?? 'pending'
  const chosen = all?.find(each => each.id === route.exception)
  return (
    <ScreenLayout
      header={
        <FindingsHeader
          count={all === undefined ? null : t('findings:register.count', { count: all.length })}
        />
      }
      drawer={
        chosen === undefined ? null : (
          <ExceptionDrawer
            key={chosen.id}
            exception={chosen}
            onClose={() => navigation.go({ ...route, exception: null })}
          />
        )
      }
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
      )}
      {all === undefined && read.failure === null ? <LoadingPanel /> : null}
      {all === undefined ? null : (
        <>
          <div className={css['registerParts']}>
            <SegmentedControl
              aria-label={t('findings:register.parts')}
              value={show}
              onChange={value => navigation.replace({ ...route, show: value, exception: null })}
              data={registerParts.map(part => ({
                value: part,
                label: `${t(`findings:register.${part}`)} ${within(all, part).length}`,
              }))}
            />
          </div>
          <Register exceptions={within(all, show)} part={show} selected={route.exception} />
        </>
      )}
    </ScreenLayout>
  )
}

interface RegisterProps {
  readonly exceptions: readonly Exception[]
  readonly part: RegisterPart
  readonly selected: number | null
}

function Register({ exceptions, part, selected }: RegisterProps) {
  const { t } = useWords()
  const route = useScreenRoute('findings', exceptionsRoute)
  const columns = useRegisterColumns()
  if (exceptions.length === 0)
    return (
      <EmptyPanel
        icon={IconShieldPause}
        title={t(`findings:register.none.${part}`)}
        text={t('findings:register.noneText')}
      />
    )
  return (
    <Table
      label={t('findings:part.exceptions')}
      columns={columns}
      rows={exceptions}
      rowKey={each => String(each.id)}
      selectedKey={selected === null ? null : String(selected)}
      link={each => formatRoute({ ...route, exception: each.id })}
    />
  )
}

function useRegisterColumns(): TableColumn<Exception>[] {
  const { t } = useWords()
  const language = useLanguage()
  const rules = useRules()
  return [
    {
      id: 'rule',
      head: t('findings:column.rule'),
      cell: ({ rule, subject }) => (
        <>
          {rules.titleOf(rule)}{' '}
          {subject === 'instance' ? null : <span className={css['about']}>{subject}</span>}
        </>
      ),
    },
    {
      id: 'address',
      head: t('findings:column.address'),
      cell: ({ address, port }) => <Mono>{formatAddressPort(address, port)}</Mono>,
    },
    {
      id: 'status',
      head: t('findings:column.status'),
      cell: each => (
        <>
          <ExceptionMark status={each.status} isExpiring={each.isExpiring} /> <LapseReason exception={each} />
        </>
      ),
    },
    {
      id: 'expires',
      head: t('findings:register.until'),
      cell: ({ expiresOn }) => formatDate(expiresOn, language),
    },
    { id: 'owner', head: t('findings:column.owner'), cell: ({ owner }) => owner },
    { id: 'requested', head: t('findings:register.requestedBy'), cell: ({ requestedBy }) => requestedBy },
    { id: 'decided', head: t('findings:register.decidedBy'), cell: ({ decidedBy }) => decidedBy ?? '–' },
  ]
}
