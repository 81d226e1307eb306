import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/** Programs of their own: the Electron main process, the backend, its worker threads, the command line, the lab. */
const programs = {
  index: 'src/main/index.ts',
  backend: 'src/main/backend.ts',
  cli: 'src/main/cli.ts',
  reader: 'src/main/reader.ts',
  'sweep-worker': 'src/main/sweep-worker.ts',
  'export-worker': 'src/main/export-worker.ts',
  'report-worker': 'src/main/report-worker.ts',
  'judge-worker': 'src/main/judge-worker.ts',
  lab: 'test/lab/main.ts',
}
const preload = resolve(root, 'src/main/preload.ts')
const page = resolve(root, 'src/renderer/index.html')
const program = resolve(root, 'src/renderer/main.tsx')

/** Pure JavaScript that the main process's programs use; what stays outside has native parts or threads of its own. */
const bundled = [
  '@marcbachmann/cel-js',
  'fflate',
  'i18next',
  'kysely',
  'papaparse',
  'saxes',
  'xmlchars',
  'zod',
]

/** The main process also runs in the development runtime (Electron 33: Node 20.18, Chrome 130). */
const oldestNode = 'node20.18'
const oldestChrome = 'chrome130'

export default defineConfig({
  main: {
    build: {
      target: oldestNode,
      sourcemap: true,
      // Bundled, the command line starts in half the time: several hundred small files need not be found and read.
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        input: existing(programs),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  ...(existsSync(preload) && {
    preload: {
      build: {
        target: oldestNode,
        // a sandboxed preload can load nothing but Electron's own modules: everything goes into the one file
        externalizeDeps: false,
        minify: true,
        rolldownOptions: { input: { preload }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
      },
    },
  }),
  ...(existsSync(program) && {
    renderer: {
      root: resolve(root, 'src/renderer'),
      plugins: [react()],
      build: {
        target: oldestChrome,
        minify: true,
        // the policy allows images and fonts as data:, but a file is cached and a data: address is parsed each time
        assetsInlineLimit: 0,
        rolldownOptions: { input: page },
      },
    },
  }),
})

function existing(entries: Record<string, string>): Record<string, string> {
  const paths = Object.entries(entries).map(([name, path]) => [name, resolve(root, path)] as const)
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path)))
}
