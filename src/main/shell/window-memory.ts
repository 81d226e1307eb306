import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { Appearance } from './bridge.ts'

const Rectangle = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })
export type Rectangle = z.infer<typeof Rectangle>

/** What the window looked like when it was last closed. */
export const WindowMemory = z.object({
  bounds: Rectangle.nullable(),
  isMaximized: z.boolean(),
  appearance: Appearance.pick({ theme: true, background: true }).nullable(),
})
export type WindowMemory = z.infer<typeof WindowMemory>

export const leastSize = { width: 1024, height: 700 }
const nothing: WindowMemory = { bounds: null, isMaximized: false, appearance: null }

/** A memory that is missing or unreadable is no reason not to open. */
export function recall(path: string): WindowMemory {
  try {
    return WindowMemory.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return nothing
  }
}

export function remember(path: string, memory: WindowMemory): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, JSON.stringify(memory))
  renameSync(`${path}.new`, path)
}

/** The remembered place if a good part of it is still on a screen: displays come and go. */
export function placeOn(displays: readonly Rectangle[], bounds: Rectangle | null): Rectangle | null {
  if (bounds === null) return null
  const size = {
    width: Math.max(bounds.width, leastSize.width),
    height: Math.max(bounds.height, leastSize.height),
  }
  const reachable = displays.some(display => overlap(display, bounds) >= 0.25 * bounds.width * bounds.height)
  return reachable ? { ...bounds, ...size } : null
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
