import type { ReportInput, ReportRequest } from '#shared/domain/report.ts'
import { type CellValue, type Register, type ReportModel, templateVersion } from './model.ts'

export interface JsonHead {
  readonly request: ReportRequest
  readonly paddock: string
  readonly inputs: readonly ReportInput[]
}

/** Parts of a report as one JSON value, in constant memory: what it is, how far anybody looked, every row of its registers. */
export function* renderJson(
  model: Pick<ReportModel, 'title' | 'organisation' | 'asOf'> & { readonly registers: readonly Register[] },
  { request, paddock, inputs }: JsonHead,
  /** Figures with how they were counted. */
  figures: readonly { readonly label: string; readonly value: string; readonly method: string }[],
): Generator<string> {
  const head = {
    format: 'paddock-report',
    version: 1,
    template: templateVersion,
    paddock,
    title: model.title,
    organisation: model.organisation,
    asOf: new Date(model.asOf).toISOString(),
    request,
    inputs,
    figures,
  }
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "registers": {`
  for (const [index, register] of model.registers.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(register.id)}: [`
    let isFirst = true
    for (const row of register.rows()) {
      yield `${isFirst ? '' : ','}\n      ${JSON.stringify(objectOf(register, row))}`
      isFirst = false
    }
    yield isFirst ? ']' : '\n    ]'
  }
  yield '\n  }\n}\n'
}

function objectOf({ columns }: Register, row: readonly CellValue[]): Record<string, CellValue> {
  return Object.fromEntries(
    columns.map(({ key, kind }, index) => {
      const value = row[index] ?? null
      return [key, kind === 'instant' && typeof value === 'number' ? new Date(value).toISOString() : value]
    }),
  )
}
