import * as z from 'zod'
import { IsoDate } from './instant.ts'

/** How long leave may last from the day it is asked for; null: somebody decided that there is no longest time. */
export const ExceptionLimitEdit = z.object({ days: z.int().min(1).max(3650).nullable() })
export type ExceptionLimitEdit = z.infer<typeof ExceptionLimitEdit>

export const ExceptionLimit = ExceptionLimitEdit.extend({
  /** The last day of what is asked for today. */
  latest: IsoDate.nullable(),
})
export type ExceptionLimit = z.infer<typeof ExceptionLimit>

/** Where nobody set one: leave is looked at anew once a year, as authorisations of ranges are. */
export const usualExceptionDays = 365
