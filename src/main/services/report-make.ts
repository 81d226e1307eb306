import { isoInstant } from '#shared/domain/instant.ts'
import type { ReportRequest } from '#shared/domain/report.ts'
import { type Result, succeed } from '#shared/result.ts'
import type { ReportData } from '../reports/data.ts'
import { templateVersion } from '../reports/model.ts'
import { createText, type Words } from '../reports/text.ts'
import { steadily } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { readReportData } from './report-data.ts'
import type { MadeReport, ReportMessage } from './report-runner.ts'
import { writeReport } from './report-write.ts'

interface MakeOptions {
  readonly folder: string
  readonly resources: string
  readonly progress: (
    phase: Extract<ReportMessage, { type: 'progress' }>['phase'],
    done: number,
    total: number | null,
  ) => void
}

/** Reads one state of the data and writes a report of it into a folder. */
export async function makeReport(
  reading: Reading,
  request: ReportRequest,
  words: Words,
  { folder, resources, progress }: MakeOptions,
): Promise<Result<MadeReport>> {
  progress('reading', 0, null)
  return steadily(reading.store, async () => {
    const data = readReportData(reading, request)
    if (!data.ok) return data
    const total = rowCount(data.value)
    const files = await writeReport(data.value, createText(request.language, words), {
      folder,
      resources,
      progress: (phase, done) => progress(phase, done, total),
    })
    progress('finishing', total, total)
    const { organisation, paddock, inputs, asOf } = data.value
    return succeed({
      organisation,
      paddock,
      inputs,
      files,
      asOf: isoInstant(asOf),
      template: templateVersion,
    })
  })
}

/** How many rows its registers hold, about. */
function rowCount({ request, rules, inventory, exceptions, coverage }: ReportData): number {
  const ranges = coverage.ranges.length
  if (request.kind === 'tool-calling') return inventory.tools + ranges
  if (request.kind === 'exceptions') return exceptions.length + ranges
  if (request.kind === 'coverage') return ranges
  return rules.reduce((sum, { open, excepted, dormant }) => sum + open + excepted + dormant, ranges)
}
