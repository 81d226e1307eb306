import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type ImportFormat, type ImportResult, importFormats, importKinds } from '#shared/domain/import.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { Drawer } from '../../components/drawer.tsx'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Notice } from '../../components/notice.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useDebounced } from '../../components/use-debounced.ts'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { imports } from '../../state/imports-route.ts'
import { ImportFacts } from './import-facts.tsx'
import css from './imports.module.css'
import { RejectTable } from './reject-table.tsx'
import { SampleTable } from './sample-table.tsx'

interface Settings {
  readonly format: ImportFormat | null
  readonly site: string
  readonly mapping: Readonly<Record<string, string>>
}

/** A file before anything of it is taken over: what it is, what would be stored, what not and why. */
export function PreviewDrawer({ file, onClose }: { file: string; onClose: () => void }) {
  const { t } = useWords()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const [settings, setSettings] = useState<Settings>({ format: null, site: '', mapping: {} })
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const apply = useCommand('import.apply')
  const asked = useDebounced(settings, 300)
  const request = {
    file,
    mapping: { ...asked.mapping },
    ...(asked.format !== null && { format: asked.format }),
    ...(asked.site.trim() !== '' && { site: asked.site }),
  }
  // A preview of what is being imported already would find everything said twice.
  const read = useRead('import.preview', request, { keepPrevious: true, enabled: !apply.isRunning })
  const take = async () => {
    const done = await apply.run(request)
    if (!done.ok) return setRefusal(done.failure)
    onClose()
    sayDone(t('exchange:screen.imported', { count: done.value.stored }))
    navigation.go({ ...imports, import: done.value.id })
  }
  const name = file.split(/[\\/]/).at(-1) ?? file
  const stored = read.data?.stored ?? 0
  return (
    <Drawer
      label={t('exchange:screen.previewOf', { file: name })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={onClose}
      heading={<h2>{t('exchange:screen.previewOf', { file: name })}</h2>}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button disabled={stored === 0 || read.isOld} loading={apply.isRunning} onClick={() => void take()}>
            {t('exchange:screen.apply', { count: stored })}
          </Button>
        </>
      }
    >
      <div className={css['parts']}>
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        {read.failure === null && read.error === null ? null : (
          <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
        )}
        <Choices
          settings={settings}
          result={read.data}
          onChange={change => setSettings({ ...settings, ...change })}
        />
        {read.data !== undefined ? (
          <Found result={read.data} />
        ) : read.failure === null && read.error === null ? (
          <LoadingPanel />
        ) : null}
      </div>
    </Drawer>
  )
}

interface ChoicesProps {
  readonly settings: Settings
  readonly result: ImportResult | undefined
  readonly onChange: (change: Partial<Settings>) => void
}

function Choices({ settings, result, onChange }: ChoicesProps) {
  const { t } = useWords()
  const formats = importFormats.map(value => ({ value, label: t(`exchange:format.${value}`) }))
  const columns = result?.columns ?? []
  return (
    <fieldset className={css['fields']}>
      <Select
        label={t('exchange:column.format')}
        data={formats}
        allowDeselect={false}
        value={settings.format ?? result?.format ?? null}
        placeholder={t('exchange:screen.chooseFormat')}
        onChange={format => onChange({ format: format as ImportFormat | null, mapping: {} })}
      />
      <TextInput
        label={t('exchange:column.site')}
        description={t('exchange:screen.siteHint')}
        value={settings.site}
        onChange={event => onChange({ site: event.currentTarget.value })}
      />
      {columns.length === 0
        ? null
        : (result?.fields ?? []).map(field => (
            <Select
              key={field}
              label={t(`exchange:field.${field as 'block'}`)}
              data={[...new Set(columns.filter(column => column !== ''))]}
              clearable
              placeholder={t('exchange:screen.noColumn')}
              value={settings.mapping[field] ?? result?.mapping[field] ?? null}
              onChange={column => onChange({ mapping: { ...settings.mapping, [field]: column ?? '' } })}
            />
          ))}
    </fieldset>
  )
}

function Found({ result }: { result: ImportResult }) {
  const { t } = useWords()
  const kind = importKinds[result.format]
  return (
    <>
      <ImportFacts head={result} />
      <Notice tone="info">{t(`exchange:meaning.${kind}`)}</Notice>
      {result.sample.length === 0 ? null : (
        <Section title={t('exchange:screen.sample')}>
          <SampleTable sample={result.sample} />
        </Section>
      )}
      <RejectTable rejected={result.rejected} count={result.rejectedCount} />
    </>
  )
}
