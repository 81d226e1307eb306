import type { ReportKind } from '#shared/domain/report.ts'
import type { ReportData } from './data.ts'
import { contents } from './kinds.ts'
import type { Register, ReportModel, WordFor } from './model.ts'
import {
  controlRegister,
  coverageRegister,
  exceptionRegister,
  findingRegister,
  toolRegister,
} from './registers.ts'
import type { ReportText } from './text.ts'

const mainRegister: Readonly<Record<ReportKind, typeof findingRegister>> = {
  executive: findingRegister,
  technical: findingRegister,
  owner: findingRegister,
  'tool-calling': toolRegister,
  exceptions: exceptionRegister,
  coverage: coverageRegister,
}

/** The tables of a report, the one it is about first. Read by people they speak their language, read by programs in codes. */
export function registersOf(data: ReportData, text: ReportText, reader: 'person' | 'program'): Register[] {
  const word: WordFor = reader === 'person' ? text.word : (_, code) => code
  const main = mainRegister[data.request.kind](data, text, word)
  const controls = controlRegister(data, text, word)
  return [
    main,
    ...(controls === null ? [] : [controls]),
    ...(data.request.kind === 'coverage' ? [] : [coverageRegister(data, text, word)]),
  ]
}

/** A report from its data. Pure: the same data and words, the same report. */
export function buildReport(data: ReportData, text: ReportText): ReportModel {
  const { t, instant } = text
  const { kind } = data.request
  const { sections, leftOut } = contents[kind](data, text)
  const organisation = data.organisation === '' ? t('noOrganisation') : data.organisation
  const asOfText = instant(data.asOf)
  return {
    language: text.language,
    title: t(`kind.${kind}`),
    subtitle: organisation,
    organisation,
    asOf: data.asOf,
    asOfText,
    meta: metaOf(data, text, asOfText),
    sections,
    leftOut,
    hasContents: kind !== 'executive',
    footer: `${organisation} · ${t(`kind.${kind}`)} · ${asOfText}`,
    words: {
      page: (page, pages) => t('page', { page, pages }),
      contents: t('contents'),
      verify: t('verify'),
    },
  }
}

function metaOf(data: ReportData, { t }: ReportText, asOfText: string): ReportModel['meta'] {
  const { assessment, owner, request } = data
  return [
    { label: t('meta.asOf'), value: asOfText },
    ...(owner === null ? [] : [{ label: t('meta.owner'), value: owner }]),
    ...(assessment === null
      ? []
      : [{ label: t('meta.framework'), value: assessment.framework.name[request.language] }]),
    ...(request.pseudonymise ? [{ label: t('meta.people'), value: t('meta.pseudonyms') }] : []),
    { label: t('meta.madeBy'), value: t('meta.paddock', { version: data.paddock }) },
  ]
}
