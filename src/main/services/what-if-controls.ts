import type { ControlsUnder, WhatIf } from '#shared/domain/what-if.ts'
import { type Result, succeed } from '#shared/result.ts'
import { shifted } from '../governance/tally.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { assessWith, dataAsOf, readFrameworks, readTallies } from './framework-assess.ts'
import { readCoverage } from './report-coverage.ts'
import { shiftsIf } from './what-if.ts'

/** How the controls of every framework would stand if something were done, or happened: told, not stored. */
export function controlsIf(reading: Reading, asked: WhatIf): Result<ControlsUnder[]> {
  const { store, frameworks } = reading
  return consistently(store, () => {
    const asOf = dataAsOf(store)
    const shifts = shiftsIf(reading, asked, asOf)
    if (!shifts.ok) return shifts
    const { scanCount, complete } = readCoverage(store, asOf)
    const coverage = { scanned: scanCount > 0, complete }
    const now = readTallies(store, asOf)
    const then = shifted(now, shifts.value)
    return succeed(
      readFrameworks(frameworks).packs.map(pack => {
        const before = assessWith(pack, now, coverage, asOf)
        const after = assessWith(pack, then, coverage, asOf)
        const changed = before.controls.flatMap(({ id, title, state }, index) => {
          const other = after.controls[index]?.state ?? state
          return other === state ? [] : [{ id, title, before: state, after: other }]
        })
        const { framework, name } = pack.pack
        return { framework, name, before: before.counts, after: after.counts, changed }
      }),
    )
  })
}
