/** For each rule, files that break it: name of the rule → file → text. */
export const violations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'shared-is-the-ground': { 'src/shared/result.ts': "import { join } from 'node:path'" },
  'governance-is-pure': { 'src/main/governance/judge.ts': "import type { Row } from '../store/rows.ts'" },
  'governance-does-not-wait': { 'src/main/governance/judge.ts': 'export const judge = async () => 1' },
  'scanner-knows-the-network-only': {
    'src/main/scanner/sweep.ts': "import { open } from '../store/open.ts'",
  },
  'only-dial-opens-sockets': { 'src/main/scanner/ask.ts': "import { connect } from 'node:net'" },
  'only-dial-asks-name-servers': {
    'src/main/scanner/ask.ts': "import { createNameServer } from './name-server.ts'",
    'src/main/scanner/name-server.ts': 'export const createNameServer = null',
  },
  'only-compose-posts': {
    'src/main/services/tell.ts': "import { post } from '../post.ts'",
    'src/main/post.ts': 'export const post = null',
  },
  'only-dial-sends': { 'src/main/services/update.ts': "export const answer = fetch('https://example.org')" },
  'scanner-reads-no-disk': { 'src/main/scanner/sweep.ts': "import { readFile } from 'node:fs/promises'" },
  'products-only-ask': { 'src/main/scanner/products/ollama.ts': "import { dial } from '../dial.ts'" },
  'store-knows-sqlite-only': { 'src/main/store/open.ts': "import { sweep } from '../scanner/sweep.ts'" },
  'sql-stays-in-the-store': { 'src/main/services/scan.ts': "import Database from 'better-sqlite3'" },
  'electron-stays-in-the-shell': { 'src/main/compose.ts': "import { app } from 'electron'" },
  'shell-knows-no-business': { 'src/main/shell/window.ts': "import { scan } from '../services/scan.ts'" },
  'exchange-knows-formats-only': { 'src/main/exchange/csv.ts': "import { open } from '../store/open.ts'" },
  'reports-know-their-model-only': {
    'src/main/reports/html.ts': "import { scan } from '../services/scan.ts'",
  },
  'services-join-the-parts': { 'src/main/services/scan.ts': "import { route } from '../ipc/router.ts'" },
  'ipc-calls-services': {
    'src/main/ipc/handlers/site.ts': "import { listSites } from '../../store/sites.ts'",
  },
  'cli-uses-the-contract': { 'src/main/cli.ts': "import { listSites } from './store/sites.ts'" },
  'compose-builds-without-electron': {
    'src/main/compose.ts': "import { openWindow } from './shell/window.ts'",
  },
  'lab-is-independent': { 'test/lab/main.ts': "import { ollama } from '#main/scanner/products/ollama.ts'" },
  'renderer-knows-shared-only': {
    'src/renderer/main.tsx': "import type { Bridge } from '#main/shell/bridge.ts'",
  },
  'renderer-has-no-node': { 'src/renderer/main.tsx': "import { join } from 'path'" },
  'components-know-no-state': {
    'src/renderer/components/grid.tsx': "import { view } from '../state/view.ts'",
  },
  'state-knows-no-react': { 'src/renderer/state/view.ts': "import { useState } from 'react'" },
  'screens-are-strangers': {
    'src/renderer/screens/scans/scans.tsx': "import { Row } from '../ranges/row.tsx'",
  },
  'one-file-draws-charts': {
    'src/renderer/components/chart.tsx': "import * as echarts from 'echarts/core'",
    'src/renderer/screens/overview/trend.tsx': "import type { EChartsOption } from 'echarts'",
  },
  'one-report-file-draws-charts': {
    'src/main/reports/chart.ts': "import * as echarts from 'echarts'",
    'src/main/reports/trend.ts': "import { BarChart } from 'echarts/charts'",
  },
  'one-file-holds-the-grid': {
    'src/renderer/components/grid.tsx': "import { AgGridReact } from 'ag-grid-react'",
    'src/renderer/screens/inventory/columns.ts': "import type { ColDef } from 'ag-grid-community'",
  },
  'one-file-knows-the-bridge': { 'src/renderer/screens/scans/scans.tsx': 'window.bridge.cancel(1)' },
  'time-and-chance-are-arguments': { 'src/main/services/scan.ts': 'export const startedAt = Date.now()' },
  'no-cycles': {
    'src/shared/a.ts': "import type { B } from './b.ts'",
    'src/shared/b.ts': "import { c } from './c.ts'",
    'src/shared/c.ts': "export { a } from './a.ts'",
  },
  'files-stay-short': { 'src/main/store/everything.ts': 'export {}\n'.repeat(301) },
  'entry-stays-short': { 'src/main/index.ts': 'export {}\n'.repeat(60) },
  'preload-stays-short': { 'src/main/preload.ts': 'export {}\n'.repeat(40) },
}
