import type { ReportKind } from '#shared/domain/report.ts'
import type { Content } from './content.ts'
import type { ReportData } from './data.ts'
import { exceptions } from './kind-exceptions.ts'
import { executive } from './kind-executive.ts'
import { letters } from './kind-owner.ts'
import { technical } from './kind-technical.ts'
import { toolCalling } from './kind-tools.ts'
import { controlSections } from './section-controls.ts'
import { coverageSection } from './section-coverage.ts'
import type { ReportText } from './text.ts'

/** What each kind of report says. */
export const contents: Readonly<Record<ReportKind, (data: ReportData, text: ReportText) => Content>> = {
  executive,
  technical,
  owner: letters,
  'tool-calling': toolCalling,
  exceptions,
  coverage: (data, text) => ({
    sections: [{ ...coverageSection(data, text), startsPage: false }, ...controlSections(data, text)],
    leftOut: 0,
  }),
}
