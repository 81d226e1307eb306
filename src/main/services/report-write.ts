import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportFile, ReportFormat } from '#shared/domain/report.ts'
import type { Sink, Table } from '../exchange/table.ts'
import { writeCsv } from '../exchange/table-csv.ts'
import { writeXlsx } from '../exchange/xlsx.ts'
import { buildReport, registersOf } from '../reports/build.ts'
import type { ReportData } from '../reports/data.ts'
import { renderHtml } from '../reports/html.ts'
import { renderJson } from '../reports/json.ts'
import type { Block, Register, ReportModel } from '../reports/model.ts'
import type { Fonts } from '../reports/pdf/canvas.ts'
import { coverageFigures } from '../reports/section-coverage.ts'
import { keyFigures } from '../reports/section-findings.ts'
import type { ReportText } from '../reports/text.ts'

export interface WriteOptions {
  readonly folder: string
  readonly resources: string
  /** Called now and then with the rows written so far. */
  readonly progress: (phase: 'writing' | 'annex' | 'finishing', done: number) => void
}

/** Writes a report and, where its document leaves rows out, the whole register beside it. */
export async function writeReport(
  data: ReportData,
  text: ReportText,
  { folder, resources, progress }: WriteOptions,
): Promise<ReportFile[]> {
  const { format } = data.request
  const name = `${data.request.kind}-${data.request.language}.${format}`
  if (format !== 'pdf' && format !== 'html') {
    const write = { csv, json, xlsx }[format]
    return [file(folder, 'report', name, sink => write(data, text, counting(progress, 'writing'), sink))]
  }
  const model = buildReport(data, text)
  progress('writing', 0)
  const report = await documentFile(folder, name, format, model, data, resources)
  if (model.leftOut === 0) return [report]
  const annex = file(folder, 'annex', `${name}.annex.xlsx`, sink =>
    xlsx(data, text, counting(progress, 'annex'), sink),
  )
  return [report, annex]
}

type Counted = (registers: readonly Register[]) => Register[]

const every = 1000

/** Registers that say how far they are while they are read. */
function counting(progress: WriteOptions['progress'], phase: 'writing' | 'annex'): Counted {
  let done = 0
  return registers =>
    registers.map(register => ({
      ...register,
      *rows() {
        for (const row of register.rows()) {
          done++
          if (done % every === 0) progress(phase, done)
          yield row
        }
      },
    }))
}

async function documentFile(
  folder: string,
  name: string,
  format: ReportFormat,
  model: ReportModel,
  { brand, request }: ReportData,
  resources: string,
): Promise<ReportFile> {
  const look = { ...brand, paper: request.paper }
  if (format === 'html')
    return file(folder, 'report', name, sink => sink(Buffer.from(renderHtml(model, look))))
  // Only who makes a PDF loads what draws one.
  const { renderPdf } = await import('../reports/pdf/render.ts')
  const target = openFile(folder, 'report', name)
  await renderPdf(model, { ...look, fonts: readFonts(resources) }, target.sink)
  return target.close()
}

function readFonts(resources: string): Fonts {
  const read = (name: string) => readFileSync(join(resources, 'reports', 'fonts', `${name}.woff`))
  return {
    regular: read('Inter-Regular'),
    strong: read('Inter-SemiBold'),
    mono: read('JetBrainsMono-Regular'),
  }
}

function csv(data: ReportData, text: ReportText, counted: Counted, sink: Sink): void {
  const [main] = counted(registersOf(data, text, 'person'))
  if (main !== undefined) writeCsv(main, sink)
}

function xlsx(data: ReportData, text: ReportText, counted: Counted, sink: Sink): void {
  const info = {
    title: text.t(`kind.${data.request.kind}`),
    author: data.organisation || 'Paddock',
    at: data.asOf,
  }
  const tables = counted(registersOf(data, text, 'person'))
  writeXlsx(info, [aboutTable(data, text), ...tables], sink)
}

function json(data: ReportData, text: ReportText, counted: Counted, sink: Sink): void {
  const model = {
    title: text.t(`kind.${data.request.kind}`),
    organisation: data.organisation,
    asOf: data.asOf,
    registers: counted(registersOf(data, text, 'program')),
  }
  const figures = [keyFigures(data, text), coverageFigures(data, text)].flatMap(figuresOf)
  // Handed over in pieces of some size: rows are small, and each write costs.
  let pending = ''
  for (const part of renderJson(model, data, figures)) {
    pending += part
    if (pending.length < 65_536) continue
    sink(Buffer.from(pending))
    pending = ''
  }
  sink(Buffer.from(pending))
}

function figuresOf(block: Block) {
  return block.type === 'figures'
    ? block.items.map(({ label, value, method }) => ({ label, value, method }))
    : []
}

/** The first sheet: what it is, and how each figure was counted. */
function aboutTable(data: ReportData, text: ReportText): Table {
  const { t } = text
  const column = (key: string, width: number) => ({
    key,
    width,
    title: t(`column.${key}`),
    kind: 'text' as const,
  })
  const figures = [keyFigures(data, text), coverageFigures(data, text)].flatMap(figuresOf)
  const model = buildAbout(data, text)
  return {
    title: t('register.about'),
    columns: [column('name', 40), column('value', 30), column('method', 90)],
    *rows() {
      for (const { label, value } of model) yield [label, value, '']
      for (const { label, value, method } of figures) yield [label, value, method]
    },
  }
}

function buildAbout({ organisation, asOf, paddock, inputs, request }: ReportData, text: ReportText) {
  const { t, instant } = text
  return [
    { label: t('meta.organisation'), value: organisation },
    { label: t('meta.report'), value: t(`kind.${request.kind}`) },
    { label: t('meta.asOf'), value: instant(asOf) },
    { label: t('input.paddock'), value: paddock },
    ...inputs.map(({ name, version, sha256 }) => ({
      label: t(`input.${name.split(':')[0]}`, { name: name.split(':')[1] ?? '' }),
      value: `${version} ${sha256}`,
    })),
  ]
}

/** Written piece by piece, digested on the way. */
function file(
  folder: string,
  role: ReportFile['role'],
  name: string,
  write: (sink: Sink) => void,
): ReportFile {
  const target = openFile(folder, role, name)
  write(target.sink)
  return target.close()
}

function openFile(folder: string, role: ReportFile['role'], name: string) {
  const handle = openSync(join(folder, name), 'w', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  return {
    sink(piece: Uint8Array) {
      hash.update(piece)
      bytes += piece.length
      for (let written = 0; written < piece.length; ) written += writeSync(handle, piece, written)
    },
    close(): ReportFile {
      closeSync(handle)
      return { role, name, bytes, sha256: hash.digest('hex') }
    },
  }
}
