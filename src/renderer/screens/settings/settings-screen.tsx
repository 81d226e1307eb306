import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { AdvisoriesPart } from './advisories-part.tsx'
import { AllowListPart } from './allow-list-part.tsx'
import { AppearancePart } from './appearance-part.tsx'
import { DataPart } from './data-part.tsx'
import { HistoryPart } from './history-part.tsx'
import { OrganisationPart } from './organisation-part.tsx'
import { ReportBrandPart } from './report-brand-part.tsx'
import { SimulationPart } from './simulation-part.tsx'
import { SitesPart } from './sites-part.tsx'
import { VantagePart } from './vantage-part.tsx'
import { WebhooksPart } from './webhooks-part.tsx'

/** How the console looks, whose it is, what it may do and where it keeps what it knows. */
export function SettingsScreen() {
  const { t } = useWords()
  return (
    <ScreenLayout header={<PageHeader title={t('screen.settings')} />}>
      <AppearancePart />
      <OrganisationPart />
      <ReportBrandPart />
      <HistoryPart />
      <SitesPart />
      <VantagePart />
      <SimulationPart />
      <AdvisoriesPart />
      <WebhooksPart />
      <DataPart />
      <AllowListPart />
    </ScreenLayout>
  )
}
