import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './source-files.ts'

const folder = join(projectRoot, 'resources', 'locales')

export const languages = readdirSync(folder).sort()
export const namespaces = readdirSync(join(folder, 'en'))
  .map(file => file.replace('.json', ''))
  .sort()

/** The words of a namespace by their full key: `console` → `inventory.column.risk` → `Risk`. */
export function wordsOf(language: string, namespace: string): Map<string, unknown> {
  const file = join(folder, language, `${namespace}.json`)
  return new Map(leaves('', JSON.parse(readFileSync(file, 'utf8'))))
}

function leaves(prefix: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[prefix, value]]
  const under = prefix === '' ? '' : `${prefix}.`
  return Object.entries(value).flatMap(([name, below]) => leaves(`${under}${name}`, below))
}

/** Without the ending that tells the forms of a number apart. */
export function withoutForm(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '')
}
