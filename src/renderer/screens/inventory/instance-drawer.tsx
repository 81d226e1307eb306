import { Tabs } from '@mantine/core'
import type { ComponentType } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { InstanceDetail } from '#shared/domain/instance.ts'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { type InstanceTab, instanceTabs } from '../../state/route.ts'
import { AdvisoriesTab } from './advisories-tab.tsx'
import { EndpointsTab } from './endpoints-tab.tsx'
import { EvidenceTab } from './evidence-tab.tsx'
import { ExposureTab } from './exposure-tab.tsx'
import { FindingsTab } from './findings-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { IdentityTab } from './identity-tab.tsx'
import css from './instance.module.css'
import { InstanceHead } from './instance-head.tsx'
import { ModelsTab } from './models-tab.tsx'
import { OwnershipTab } from './ownership-tab.tsx'
import { RiskTab } from './risk-tab.tsx'
import { SummaryTab } from './summary-tab.tsx'
import type { TabProps } from './tab-props.ts'

const contents: Readonly<Record<InstanceTab, ComponentType<TabProps>>> = {
  summary: SummaryTab,
  endpoints: EndpointsTab,
  models: ModelsTab,
  exposure: ExposureTab,
  risk: RiskTab,
  findings: FindingsTab,
  advisories: AdvisoriesTab,
  ownership: OwnershipTab,
  evidence: EvidenceTab,
  identity: IdentityTab,
  history: HistoryTab,
}

export interface InstanceDrawerProps {
  readonly id: number
  readonly tab: InstanceTab
  readonly onTab: (tab: InstanceTab) => void
  readonly onClose: () => void
  readonly onStep: (step: 1 | -1) => void
}

/** Everything known of one instance. */
export function InstanceDrawer({ id, tab, onTab, onClose, onStep }: InstanceDrawerProps) {
  const { t } = useWords()
  const { preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const read = useRead('instance.show', { instance: String(id) }, { keepPrevious: true })
  const instance = read.data
  const label =
    instance === undefined
      ? t('instance.loading')
      : t('instance.label', { address: formatAddressPort(instance.address, instance.port) })
  const Content = contents[tab]
  return (
    <Drawer
      label={label}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={onClose}
      onStep={onStep}
      heading={
        instance === undefined ? <h2>{t('instance.loading')}</h2> : <InstanceHead instance={instance} />
      }
      sub={<TabList instance={instance} tab={tab} onTab={onTab} />}
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {instance === undefined && read.failure === null ? <LoadingPanel /> : null}
      {instance === undefined ? null : (
        <div role="tabpanel" aria-label={t(`instance.tab.${tab}`)}>
          <Content instance={instance} key={instance.id} />
        </div>
      )}
    </Drawer>
  )
}

interface TabListProps {
  readonly instance: InstanceDetail | undefined
  readonly tab: InstanceTab
  readonly onTab: (tab: InstanceTab) => void
}

function TabList({ instance, tab, onTab }: TabListProps) {
  const { t } = useWords()
  const counts: Partial<Record<InstanceTab, number | undefined>> = {
    endpoints: instance?.endpoints.length,
    models: instance?.models?.length,
    advisories: instance?.advisories?.filter(({ state }) => state === 'affected').length,
  }
  return (
    <Tabs value={tab} onChange={value => onTab(instanceTabs.find(each => each === value) ?? 'summary')}>
      <Tabs.List className={css['tabs'] ?? ''} aria-label={t('instance.tabs')}>
        {instanceTabs.map(each => (
          <Tabs.Tab key={each} value={each}>
            {t(`instance.tab.${each}`)}
            {counts[each] === undefined ? '' : ` ${counts[each]}`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
}
