import { initial } from './0010-initial.ts'
import { query } from './0020-query.ts'
import { history } from './0030-history.ts'
import { governance } from './0040-governance.ts'
import { scale } from './0050-scale.ts'
import { findings } from './0060-findings.ts'
import { triage } from './0070-triage.ts'
import { risk } from './0080-risk.ts'
import { reports } from './0090-reports.ts'
import { exchange } from './0100-exchange.ts'
import { reading } from './0140-reading.ts'
import { licences } from './0150-licences.ts'
import { looks } from './0160-looks.ts'
import { presence } from './0170-presence.ts'
import type { Migration } from './migration.ts'

/** In order. Never edit one that has landed: files out there have already gone through it. */
export const migrations: readonly Migration[] = [
  initial,
  query,
  history,
  governance,
  scale,
  findings,
  triage,
  risk,
  reports,
  exchange,
  reading,
  licences,
  looks,
  presence,
]

export const newestVersion = migrations.at(-1)?.version ?? 0
