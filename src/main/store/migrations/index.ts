import { initial } from './0010-initial.ts'
import { query } from './0020-query.ts'
import { history } from './0030-history.ts'
import { governance } from './0040-governance.ts'
import { exchange } from './0090-exchange.ts'
import type { Migration } from './migration.ts'

/** In order. Never edit one that has landed: files out there have already gone through it. */
export const migrations: readonly Migration[] = [initial, query, history, governance, exchange]

export const newestVersion = migrations.at(-1)?.version ?? 0
