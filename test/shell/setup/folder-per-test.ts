import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** A fresh folder for each test of the file, gone afterwards. */
export function makeFolderPerTest() {
  const state = { path: '' }
  beforeEach(() => {
    state.path = mkdtempSync(join(tmpdir(), 'paddock-setup-'))
  })
  afterEach(() => rmSync(state.path, { recursive: true, force: true }))
  return {
    path: (...parts: string[]) => join(state.path, ...parts),
    put(file: string, text: string): string {
      const path = join(state.path, file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
      return path
    },
  }
}
