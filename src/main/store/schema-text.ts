import type { ReadableStore } from './statement.ts'

/** The schema of a store as SQL, in a fixed order: what `schema.sql` holds, and a test compares. */
export function schemaOf({ connection }: ReadableStore): string {
  const objects = connection
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
       AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
       ORDER BY tbl_name, type DESC, name`,
    )
    .all()
  const head = '-- Generated from the migrations by `npm run schema`. Do not edit.\n'
  return `${head}${objects.map(({ sql }) => `\n${sql};\n`).join('')}`
}
