import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkArchitecture } from '../../scripts/architecture.js'
import { rules } from '../../scripts/architecture-rules.js'
import { violations } from './violations.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paddock-architecture-'))
  const imports = { '#shared/*': './src/shared/*', '#main/*': './src/main/*', '#lab/*': './test/lab/*' }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ imports }))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function plant(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

test('this repository keeps its rules', () => {
  expect(checkArchitecture(resolve(import.meta.dirname, '..', '..'))).toEqual([])
})

describe('a breach is found and explained', () => {
  test('every rule has its deliberate breach', () => {
    expect(Object.keys(violations).sort()).toEqual(rules.map(rule => rule.name).sort())
  })

  test.each(rules)('$name', ({ name, why }) => {
    plant(violations[name] ?? {})
    const found = checkArchitecture(root)
    expect(found.filter(breach => breach.includes(`${name}: ${why}`))).not.toEqual([])
  })

  test('with the file, the line and what is there', () => {
    plant({ 'src/shared/a.ts': "export const a = 1\n\nimport type { Db } from 'kysely'\n" })
    expect(checkArchitecture(root)[0]).toMatch(
      /^src\/shared\/a\.ts:3 imports kysely\n {4}shared-is-the-ground: /,
    )
  })
})

describe('an import is seen in every spelling', () => {
  test.each([
    "import { app } from 'electron'",
    "import type { App } from 'electron'",
    "import { type App } from 'electron'",
    "import 'electron'",
    "export { app } from 'electron'",
    "export type { App } from 'electron'",
    "export * from 'electron'",
    "export * as electron from 'electron'",
    "const { app } = await import('electron')",
    "export type App = import('electron').App",
    "export function f(app: import('electron').App): typeof import('electron') { throw app }",
    "const electron = require('electron')",
    "import electron = require('electron')",
    "import { app } from 'electron/main'",
    "const electron = await import('elec' + 'tron')",
  ])('%s', text => {
    plant({ 'src/main/store/open.ts': text })
    expect(checkArchitecture(root).join()).toMatch(/store-knows-sqlite-only/)
  })

  test.each(['../scanner/dial.ts', '#main/scanner/dial.ts', '../scanner/dial.ts?raw'])('as %s', specifier => {
    plant({
      'src/main/store/open.ts': `import type { Dial } from '${specifier}'`,
      'src/main/scanner/dial.ts': '',
    })
    expect(checkArchitecture(root).join()).toMatch(
      /imports src\/main\/scanner\/dial\.ts\n.*store-knows-sqlite-only/,
    )
  })

  test('and Node without its prefix', () => {
    plant({ 'src/main/governance/judge.ts': "import { readFile } from 'fs/promises'" })
    expect(checkArchitecture(root).join()).toMatch(/imports node:fs\/promises\n.*governance-is-pure/)
  })
})

describe('time and chance', () => {
  test.each([
    'Date.now()',
    'const now = Date.now',
    'new Date()',
    'Math.random()',
    'crypto.randomUUID()',
    'crypto.getRandomValues(new Uint8Array(1))',
    "import { randomBytes } from 'node:crypto'",
    "import { randomUUID as id } from 'node:crypto'",
  ])('%s is found', text => {
    plant({ 'src/main/services/scan.ts': text })
    expect(checkArchitecture(root).join()).toMatch(/time-and-chance-are-arguments/)
  })

  test.each([
    'new Date(0)',
    'Date.parse(text)',
    "import { createHash } from 'node:crypto'",
    'now()',
    'clock.now()',
  ])('%s is none', text => {
    plant({ 'src/main/services/scan.ts': text })
    expect(checkArchitecture(root)).toEqual([])
  })

  test.each(['src/main/compose.ts', 'src/main/cli.ts', 'src/renderer/format/clock.ts'])(
    'may enter by %s',
    file => {
      plant({ [file]: 'export const now = () => Date.now()' })
      expect(checkArchitecture(root)).toEqual([])
    },
  )
})

test('what keeps the rules is not complained about', () => {
  plant({
    'src/shared/domain/site.ts': "import * as z from 'zod'\nimport { id } from '../ids.ts'",
    'src/shared/ids.ts': "import * as z from 'zod/v4'",
    'src/main/store/sites.ts': "import { db } from 'kysely'\nimport { Site } from '#shared/domain/site.ts'",
    'src/main/scanner/dial.ts': "import { connect } from 'node:net'\nfetch('x')",
    'src/main/scanner/vantage.ts': "import { networkInterfaces } from 'node:os'",
    'src/main/services/scan.ts': "import '../store/sites.ts'\nimport '../scanner/dial.ts'\nawait 1",
    'src/main/shell/window.ts': "import { BrowserWindow } from 'electron'",
    'src/renderer/screens/ranges/ranges.tsx':
      "import '../../components/grid.tsx'\nimport '../../state/view.ts'",
    'src/renderer/components/grid.tsx': "import 'ag-grid-community'\nimport 'ag-grid-react'",
    'src/renderer/state/view.ts': "import { createStore } from 'zustand/vanilla'",
    'src/renderer/client.ts': 'export const call = window.bridge.call',
    'test/lab/server.ts': "import { createServer } from 'node:net'\nimport '#shared/ids.ts'",
  })
  expect(checkArchitecture(root)).toEqual([])
})
