import { defineConfig } from 'vitest/config'

/** Real files, sockets, databases and processes: in Node, never in a simulated browser. */
const ordinary = { environment: 'node', pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 } as const

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('store'),
      project('scanner'),
      project('ipc'),
      // they wait more than they compute
      project('shell', {
        testTimeout: 60_000,
        hookTimeout: 60_000,
        maxWorkers: 4,
        env: { PADDOCK_QUIET: '1' },
      }),
      project('architecture'),
      // one window after the other: they share the display, the keyboard focus and the processor
      project('e2e', { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false, maxWorkers: 1 }),
    ],
  },
})

function project(name: string, options: Record<string, unknown> = {}) {
  return { test: { ...ordinary, name, include: [`test/${name}/**/*.test.{ts,tsx}`], ...options } }
}
