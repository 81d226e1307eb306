import { initial } from './0010-initial.ts'
import { history } from './0030-history.ts'
import type { Migration } from './migration.ts'

/** In order. Never edit one that has landed: files out there have already gone through it. */
export const migrations: readonly Migration[] = [initial, history]

export const newestVersion = migrations.at(-1)?.version ?? 0
