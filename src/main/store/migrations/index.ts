import { initial } from './0010-initial.ts'
import type { Migration } from './migration.ts'

/** In order. Never edit one that has landed: files out there have already gone through it. */
export const migrations: readonly Migration[] = [initial]

export const newestVersion = migrations.at(-1)?.version ?? 0
