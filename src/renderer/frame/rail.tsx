import { Tooltip } from '@mantine/core'
import {
  type Icon,
  IconBox,
  IconChartGridDots,
  IconFileImport,
  IconGauge,
  IconHistory,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconListSearch,
  IconNetwork,
  IconRadar2,
  IconReportAnalytics,
  IconSettings,
  IconShieldCheck,
  IconTargetArrow,
  IconUserQuestion,
} from '@tabler/icons-react'
import { useParts, usePreferences, useRoute } from '../data/parts.tsx'
import { useWords } from '../i18n/use-words.ts'
import { audit } from '../state/audit-route.ts'
import { findings } from '../state/findings-route.ts'
import { imports } from '../state/imports-route.ts'
import { models } from '../state/models-route.ts'
import { policies } from '../state/policies-route.ts'
import { reports } from '../state/reports-route.ts'
import { risk } from '../state/risk-route.ts'
import {
  formatRoute,
  inventory,
  overview,
  type Route,
  ranges,
  type Screen,
  scans,
  settings,
} from '../state/route.ts'
import { triage } from '../state/triage-route.ts'
import css from './rail.module.css'

const icons: Readonly<Record<Screen, Icon>> = {
  overview: IconGauge,
  risk: IconChartGridDots,
  inventory: IconListSearch,
  models: IconBox,
  findings: IconTargetArrow,
  policies: IconShieldCheck,
  ranges: IconNetwork,
  scans: IconRadar2,
  imports: IconFileImport,
  triage: IconUserQuestion,
  audit: IconHistory,
  reports: IconReportAnalytics,
  settings: IconSettings,
}

/** The way to every screen. */
export function Rail() {
  const { t } = useWords()
  const { railCollapsed } = usePreferences()
  return (
    <nav
      className={css['rail']}
      data-collapsed={railCollapsed || undefined}
      aria-label={t('frame.navigation')}
    >
      <div className={css['brand']}>
        <Fence />
        <span className={css['word']}>{t('product')}</span>
      </div>
      <ul className={css['list']}>
        <Item route={overview} />
        <Item route={inventory} />
        <Item route={risk} />
        <Item route={triage} />
        <Item route={findings} />
        <Item route={models} />
        <Item route={ranges} />
        <Item route={scans} />
        <Item route={imports} />
        <Item route={policies} />
        <Item route={reports} />
        <Item route={audit} />
      </ul>
      <ul className={css['foot']}>
        <Item route={settings} />
        <li>
          <CollapseButton />
        </li>
      </ul>
    </nav>
  )
}

function Item({ route }: { route: Route }) {
  const { t } = useWords()
  const { railCollapsed } = usePreferences()
  const shown = useRoute().screen
  const Shape = icons[route.screen]
  const word = t(`screen.${route.screen}`)
  return (
    <li>
      <Tooltip label={word} position="right" disabled={!railCollapsed}>
        <a
          href={formatRoute(route)}
          className={css['item']}
          aria-current={shown === route.screen ? 'page' : undefined}
          aria-label={word}
        >
          <Shape size={18} stroke={1.7} aria-hidden />
          <span className={css['word']}>{word}</span>
        </a>
      </Tooltip>
    </li>
  )
}

function CollapseButton() {
  const { t } = useWords()
  const { preferences } = useParts()
  const { railCollapsed } = usePreferences()
  const word = railCollapsed ? t('frame.expand') : t('frame.collapse')
  const Shape = railCollapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <Tooltip label={word} position="right" disabled={!railCollapsed}>
      <button
        type="button"
        className={css['item']}
        aria-label={word}
        aria-expanded={!railCollapsed}
        onClick={() => preferences.setState({ railCollapsed: !railCollapsed })}
      >
        <Shape size={18} stroke={1.7} aria-hidden />
        <span className={css['word']}>{word}</span>
      </button>
    </Tooltip>
  )
}

/** Two posts and three rails: the field in which llamas are kept. */
function Fence() {
  return (
    <svg className={css['mark']} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path
        d="M6 4v16M18 4v16M2.5 8h19M2.5 12.5h19M2.5 17h19"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  )
}
