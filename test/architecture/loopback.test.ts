import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** They run side by side where there are processors for it; end-to-end tests run one after the other. */
const sideBySide = ['store', 'scanner', 'ipc']
const tests = resolve(import.meta.dirname, '..')

test('no two test files that may run at once listen in the same loopback network', () => {
  const users = new Map<string, Set<string>>()
  for (const project of sideBySide) {
    for (const name of readdirSync(join(tests, project), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.test.ts')) continue
      const file = `${project}/${name}`
      // 127.0.0.x is for ports that the system chooses.
      for (const [network] of readFileSync(join(tests, file), 'utf8').matchAll(/\b127\.[1-9]\d*(?=\.[\d$])/g))
        users.set(network, (users.get(network) ?? new Set()).add(file))
    }
  }
  expect(users.size).toBeGreaterThan(20)
  expect([...users].filter(([, files]) => files.size > 1)).toEqual([])
})
