import type { Content } from './content.ts'
import type { ReportData } from './data.ts'
import type { Block, Section } from './model.ts'
import { controlSections } from './section-controls.ts'
import { coverageSection } from './section-coverage.ts'
import { findingSections, keyFigures, ruleBars, severityBars } from './section-findings.ts'
import type { ReportText } from './text.ts'

/** Everything, rule by rule. */
export function technical(data: ReportData, text: ReportText): Content {
  const { t } = text
  const found = findingSections(data, text)
  const summary: Section = {
    id: 'summary',
    title: t('technical.summary'),
    blocks: [
      keyFigures(data, text),
      severityBars(data, text),
      ruleBars(data, text, 12),
      productBars(data, text),
    ],
  }
  return {
    sections: [summary, ...found.sections, ...controlSections(data, text), coverageSection(data, text)],
    leftOut: found.leftOut,
  }
}

function productBars({ products }: ReportData, { t, term, number }: ReportText): Block {
  const items = products.map(({ product, count }) => ({
    label: term(`product.${product}`),
    value: count,
    text: number(count),
  }))
  return { type: 'bars', title: t('technical.products'), items, source: t('technical.productsMethod') }
}
