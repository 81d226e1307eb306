import { IconUsersGroup } from '@tabler/icons-react'
import { Drawer } from '../../components/drawer.tsx'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './identity.module.css'
import { ProposalList } from './proposal-list.tsx'

/** Every open question about who is who, the likeliest first. */
export function ProposalsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const { preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const read = useRead('identity.proposals', {})
  return (
    <Drawer
      label={t('identity:tab.proposals')}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={onClose}
      heading={<h2>{t('identity:tab.proposals')}</h2>}
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
      )}
      {read.data === undefined && read.failure === null ? <LoadingPanel /> : null}
      {read.data?.length === 0 ? (
        <EmptyPanel icon={IconUsersGroup} title={t('identity:tab.noProposals')} text={t('identity:none')} />
      ) : (
        <>
          <p className={css['muted']}>{t('identity:tab.proposalsNote')}</p>
          <ProposalList proposals={read.data ?? []} about={null} />
        </>
      )}
      <Dismissed />
    </Drawer>
  )
}

/** What somebody answered with no, to be asked again. */
function Dismissed() {
  const { t } = useWords()
  const dismissed = useRead('identity.proposals', { isDismissed: true }).data ?? []
  if (dismissed.length === 0) return null
  return (
    <Section title={t('identity:tab.dismissedOnes')} note={t('identity:tab.dismissedNote')}>
      <ProposalList proposals={dismissed} about={null} isDismissed />
    </Section>
  )
}
