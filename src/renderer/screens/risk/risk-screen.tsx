import { Tabs } from '@mantine/core'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { useParts, useRoute } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { type RiskPart, risk, riskParts } from '../../state/risk-route.ts'
import { DecidedPart } from './decided-part.tsx'
import { HeatmapsPart } from './heatmaps-part.tsx'
import { MapPart } from './map-part.tsx'
import css from './risk.module.css'
import { ToolsPart } from './tools-part.tsx'
import { WhatIfPart } from './what-if-part.tsx'

const contents = {
  heatmaps: HeatmapsPart,
  map: MapPart,
  tools: ToolsPart,
  whatif: WhatIfPart,
  decided: DecidedPart,
} as const satisfies Record<RiskPart, () => unknown>

/** Where the risk sits: by place, by owner, by time, by address; and what would change it. */
export function RiskScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useRoute()
  const part = route.screen === 'risk' ? route.part : 'heatmaps'
  const Content = contents[part]
  return (
    <ScreenLayout header={<PageHeader title={t('screen.risk')} />}>
      <Tabs
        className={css['tabs'] ?? ''}
        value={part}
        onChange={value =>
          navigation.go({ ...risk, part: riskParts.find(each => each === value) ?? 'heatmaps' })
        }
      >
        <Tabs.List aria-label={t('risk:tabs')}>
          {riskParts.map(each => (
            <Tabs.Tab key={each} value={each}>
              {t(`risk:tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <div role="tabpanel" aria-label={t(`risk:tab.${part}`)}>
        <Content />
      </div>
    </ScreenLayout>
  )
}
