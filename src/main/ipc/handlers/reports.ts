import { fail, succeed } from '#shared/result.ts'
import { assessFramework, readFrameworks } from '../../services/framework-assess.ts'
import { editBrand, showBrand } from '../../services/report-brand.ts'
import { verifyReport } from '../../services/report-verify.ts'
import { createReport, listReports, saveReport, showReport } from '../../services/reports.ts'
import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'

export const reportQueries: QueryHandlers<
  'framework.list' | 'framework.assess' | 'report.list' | 'report.show' | 'report.verify' | 'report.brand'
> = {
  'framework.list': ({ frameworks }) => {
    const { packs, problems } = readFrameworks(frameworks)
    return succeed({ frameworks: packs.map(({ about }) => about), problems: [...problems] })
  },
  'framework.assess': (reading, { framework }) => assessFramework(reading, framework),
  'report.list': reading => succeed(listReports(reading)),
  'report.show': (reading, { id }) => showReport(reading, id),
  'report.verify': verifyReport,
  'report.brand': reading => succeed(showBrand(reading)),
}

export const reportStates: StateHandlers<'report.progress' | 'report.cancel' | 'report.save'> = {
  'report.progress': async ({ reports }) => succeed(reports.progress()),
  'report.cancel': async ({ reports }) =>
    (await reports.cancel()) ? succeed({ cancelled: true }) : fail('report-not-running'),
  'report.save': saveReport,
}

export const reportCommands: CommandHandlers<'report.create' | 'report.set-brand'> = {
  'report.create': createReport,
  'report.set-brand': { run: editBrand },
}
