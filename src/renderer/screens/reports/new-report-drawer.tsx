import { Button, Checkbox, Select } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import {
  type ReportRequest,
  reportFormats,
  reportKinds,
  reportLanguages,
  reportPapers,
} from '#shared/domain/report.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { reports } from '../../state/reports-route.ts'
import css from './reports.module.css'

/** A report about to be made: what kind, for whom, in what form. */
export function NewReportDrawer() {
  const { t } = useWords()
  const language = useLanguage()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const command = useCommand('report.create')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [form, setForm] = useState<ReportRequest>({
    kind: 'executive',
    framework: null,
    language,
    format: 'pdf',
    paper: 'a4',
    pseudonymise: false,
    owner: null,
  })
  const close = () => navigation.go(reports)
  const create = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(null)
    const made = await command.run(form)
    if (!made.ok) return setRefusal(made.failure)
    sayDone(t('reports:console.made', { id: made.value.id }))
    close()
  }
  return (
    <Drawer
      label={t('reports:console.new')}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={close}
      heading={<h2>{t('reports:console.new')}</h2>}
      footer={
        <>
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            form="report-form"
            leftSection={<IconFileText size={15} aria-hidden />}
            loading={command.isRunning}
          >
            {t('reports:console.create')}
          </Button>
        </>
      }
    >
      <form id="report-form" className={css['form']} onSubmit={event => void create(event)}>
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        <Fields form={form} onChange={change => setForm(now => ({ ...now, ...change }))} />
        <p className={css['note']}>{t('reports:console.frozen')}</p>
      </form>
    </Drawer>
  )
}

interface FieldsProps {
  readonly form: ReportRequest
  readonly onChange: (change: Partial<ReportRequest>) => void
}

function Fields({ form, onChange }: FieldsProps) {
  const { t } = useWords()
  const language = useLanguage()
  const frameworks = useRead('framework.list', {}).data?.frameworks ?? []
  const owners = useRead('owner.list', {}, { enabled: form.kind === 'owner' }).data ?? []
  return (
    <>
      <Select
        label={t('reports:console.kind')}
        description={t(`reports:console.kindNote.${form.kind}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        data={reportKinds.map(kind => ({ value: kind, label: t(`reports:kind.${kind}`) }))}
        value={form.kind}
        onChange={value =>
          onChange({ kind: reportKinds.find(each => each === value) ?? form.kind, owner: null })
        }
      />
      {form.kind === 'owner' ? (
        <Select
          label={t('reports:meta.owner')}
          placeholder={t('reports:console.everyOwner')}
          clearable
          searchable
          data={owners.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={form.owner}
          onChange={owner => onChange({ owner })}
        />
      ) : null}
      <Select
        label={t('reports:console.framework')}
        placeholder={t('reports:console.noFramework')}
        clearable
        data={frameworks.map(({ framework, name }) => ({ value: framework, label: name[language] }))}
        value={form.framework}
        onChange={framework => onChange({ framework })}
      />
      <Select
        label={t('reports:cli.format')}
        allowDeselect={false}
        data={reportFormats.map(format => ({ value: format, label: format.toUpperCase() }))}
        value={form.format}
        onChange={value => onChange({ format: reportFormats.find(each => each === value) ?? form.format })}
      />
      <Select
        label={t('reports:cli.language')}
        allowDeselect={false}
        data={reportLanguages.map(each => ({ value: each, label: t(`reports:console.language.${each}`) }))}
        value={form.language}
        onChange={value =>
          onChange({ language: reportLanguages.find(each => each === value) ?? form.language })
        }
      />
      {form.format === 'pdf' || form.format === 'html' ? (
        <Select
          label={t('reports:console.paper')}
          allowDeselect={false}
          data={reportPapers.map(paper => ({ value: paper, label: t(`reports:console.papers.${paper}`) }))}
          value={form.paper}
          onChange={value => onChange({ paper: reportPapers.find(each => each === value) ?? form.paper })}
        />
      ) : null}
      <Checkbox
        label={t('reports:console.pseudonymise')}
        description={t('reports:console.pseudonymiseNote')}
        checked={form.pseudonymise}
        onChange={event => onChange({ pseudonymise: event.currentTarget.checked })}
      />
    </>
  )
}
