import type { ChildProcess } from 'node:child_process'

/** What the answering side of a benchmark has used and sent so far. */
export interface Figures {
  readonly cpuMs: number
  readonly bytesSent: number
}

/** In the answering process: says that it is ready, and its figures whenever it is asked. Ends with whoever started it. */
export function tellFigures(bytesSent: () => number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    const figures: Figures = { cpuMs: (user + system) / 1000, bytesSent: bytesSent() }
    process.send?.(figures)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.('ready')
}

/** Resolves when the answering process is ready; rejects if it ends before. */
export function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the answering side ended with ${code}`)))
  })
}

export function figuresOf(child: ChildProcess): Promise<Figures> {
  return new Promise(resolve => {
    child.once('message', message => resolve(message as Figures))
    child.send('figures')
  })
}
