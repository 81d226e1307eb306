import { Button } from '@mantine/core'
import { IconClockHour4, IconPlus, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { policies } from '../../state/policies-route.ts'
import { DueDaysDialog } from './due-days-dialog.tsx'
import { RuleDrawer } from './rule-drawer.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { RuleTable } from './rule-table.tsx'
import { draftOf, emptyDraft } from './rule-text.ts'

/** What must not be: the rules, where they hold, and what they say now. */
export function PoliciesScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('policies', policies)
  const read = useRead('policy.list', {})
  const [isDue, setDue] = useState(false)
  const add = () => navigation.go({ ...policies, rule: 'new', isEditing: true })
  useKeys({ n: add })
  const rules = read.data
  return (
    <ScreenLayout
      header={
        <PageHeader
          title={t('screen.policies')}
          count={rules === undefined ? null : t('policies:count', { count: rules.length })}
        >
          <ExportTableButton table="rules" />
          <Button
            variant="default"
            leftSection={<IconClockHour4 size={15} aria-hidden />}
            onClick={() => setDue(true)}
          >
            {t('policies:due.button')}
          </Button>
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
            {t('policies:add')}
          </Button>
        </PageHeader>
      }
      drawer={<Selected />}
    >
      {read.failure === null && read.error === null ? null : (
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
      )}
      {rules === undefined && read.failure === null ? <LoadingPanel /> : null}
      {rules?.length === 0 ? (
        <EmptyPanel icon={IconShieldCheck} title={t('policies:none')} text={t('policies:noneText')} />
      ) : null}
      {rules === undefined || rules.length === 0 ? null : <RuleTable rules={rules} selected={route.rule} />}
      {isDue ? <DueDaysDialog onClose={() => setDue(false)} /> : null}
    </ScreenLayout>
  )
}

function Selected() {
  const { rule: key, isEditing, from } = useScreenRoute('policies', policies)
  const rules = useRead('policy.list', {}).data
  if (key === null || rules === undefined) return null
  const rule = rules.find(each => each.key === key)
  if (key === 'new') {
    const origin = rules.find(each => each.key === from)
    const draft = origin === undefined ? emptyDraft : { ...draftOf(origin), key: `own-${origin.key}` }
    return <RuleEditor key={`new ${from}`} initial={draft} isNew origin={origin ?? null} />
  }
  if (rule === undefined) return null
  if (isEditing) return <RuleEditor key={`edit ${key}`} initial={draftOf(rule)} isNew={false} origin={rule} />
  return <RuleDrawer key={key} rule={rule} />
}
