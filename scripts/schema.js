// Writes src/main/store/schema.sql: what all migrations together make, as a file that can be reviewed.
// Usage: npm run schema
import { writeFileSync } from 'node:fs'
import { openMemory } from '../src/main/store/open.ts'
import { schemaOf } from '../src/main/store/schema-text.ts'

const path = new URL('../src/main/store/schema.sql', import.meta.url)
writeFileSync(path, schemaOf(openMemory()))
