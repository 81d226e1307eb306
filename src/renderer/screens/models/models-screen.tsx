import { Tabs } from '@mantine/core'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { models, modelTabs } from '../../state/models-route.ts'
import { BlastRadiusPanel } from './blast-radius-panel.tsx'
import { ConcentrationPanel } from './concentration-panel.tsx'
import { ModelDrawer } from './model-drawer.tsx'
import { ModelList } from './model-list.tsx'
import css from './models.module.css'
import { useModels } from './use-models.ts'

/** Models across the organisation: which there are, how much rests on few, who is hit if one is affected. */
export function ModelsScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('models', models)
  const rows = useModels()
  const close = () => {
    navigation.go({ ...route, model: null, ask: null })
    rows.handle.current?.focus()
  }
  return (
    <ScreenLayout
      scrolls={false}
      header={
        <PageHeader title={t('screen.models')} count={useCount(route.tab === 'list' ? rows.total : null)}>
          {route.tab === 'list' ? <ExportTableButton table="models" query={rows.query} /> : null}
        </PageHeader>
      }
      drawer={
        route.model === null ? null : (
          <ModelDrawer
            model={route.model}
            ask={route.ask}
            onAsk={ask => navigation.replace({ ...route, ask })}
            onClose={close}
            onJudged={rows.showNews}
            {...(route.tab === 'list' ? { onStep: step => rows.handle.current?.step(step) } : {})}
          />
        )
      }
    >
      <div className={css['tabs']}>
        <Tabs
          value={route.tab}
          onChange={tab =>
            navigation.go({
              ...route,
              tab: modelTabs.find(each => each === tab) ?? 'list',
              model: null,
              ask: null,
            })
          }
        >
          <Tabs.List aria-label={t('models:screen.views')}>
            {modelTabs.map(tab => (
              <Tabs.Tab key={tab} value={tab}>
                {t(`models:screen.tab.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      </div>
      {route.tab === 'list' ? <ModelList rows={rows} /> : null}
      {route.tab === 'concentration' ? <ConcentrationPanel /> : null}
      {route.tab === 'blast-radius' ? <BlastRadiusPanel /> : null}
    </ScreenLayout>
  )
}

/** "2,760 models", "12 of 2,760". */
function useCount(listed: number | null): string | null {
  const { t } = useWords()
  const language = useLanguage()
  const all = useRead('model.page', { limit: 0 }, { keepPrevious: true }).data?.total
  if (all === undefined) return null
  const shown = listed ?? all
  return t(shown >= all ? 'models:screen.count' : 'models:screen.countOf', {
    count: shown,
    n: formatNumber(shown, language),
    all: formatNumber(all, language),
  })
}
