import type { Sink } from './table.ts'

/** Raise it when a field changes its meaning. */
const schemaVersion = 1

/** The objects of a table as they are, one a line, in constant memory. */
export function writeJson(table: string, objects: Iterable<unknown>, sink: Sink): void {
  const encoder = new TextEncoder()
  const head = JSON.stringify({ format: 'paddock', schema: schemaVersion, table }).slice(0, -1)
  sink(encoder.encode(`${head},"rows":[`))
  let separator = '\n'
  for (const each of objects) {
    sink(encoder.encode(`${separator}${JSON.stringify(each)}`))
    separator = ',\n'
  }
  sink(encoder.encode('\n]}\n'))
}
