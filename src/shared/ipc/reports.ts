import * as z from 'zod'
import { Framework, FrameworkAssessment, FrameworkProblem } from '../domain/framework.ts'
import {
  Report,
  ReportBrand,
  ReportBrandEdit,
  ReportProgress,
  ReportRequest,
  ReportVerification,
} from '../domain/report.ts'
import { command, query, state } from './channel.ts'

const nothing = z.object({})
const reportId = z.object({ id: z.int().positive() })
const path = z.string().min(1).max(4096)

/** The channels of frameworks and reports: part of the contract. */
export const reportChannels = {
  'framework.list': query(
    nothing,
    z.object({ frameworks: z.array(Framework), problems: z.array(FrameworkProblem) }),
  ),
  'framework.assess': query(z.object({ framework: z.string().max(60) }), FrameworkAssessment),
  'report.list': query(nothing, z.array(Report)),
  'report.show': query(reportId, Report),
  'report.create': command(ReportRequest, Report),
  'report.progress': state(nothing, ReportProgress.nullable()),
  'report.cancel': state(nothing, z.object({ cancelled: z.boolean() })),
  'report.save': state(reportId.extend({ to: path }), z.object({ files: z.array(z.string()) })),
  /** `keys`: the ones that are trusted; none: those of the actors known here. */
  'report.verify': query(
    z.object({
      file: path,
      keys: z
        .array(z.string().regex(/^[0-9a-f]{64}$/))
        .max(100)
        .default([]),
    }),
    ReportVerification,
  ),
  'report.brand': query(nothing, ReportBrand),
  'report.set-brand': command(ReportBrandEdit, ReportBrand),
} as const
