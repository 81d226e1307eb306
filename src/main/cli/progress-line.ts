import type { ScanProgress } from '#shared/domain/scan.ts'
import type { Stream } from './output.ts'
import type { Words } from './words.ts'

export interface ProgressLine {
  readonly show: (progress: ScanProgress) => void
  end(): void
}

const barWidth = 24
/** Without a terminal, a log: a line now and then. */
const logEveryMs = 5000

/** How far a scan is: one line that redraws itself on a terminal. */
export function createProgressLine(stream: Stream, words: Words, now: () => number): ProgressLine {
  let isDrawn = false
  let loggedAt = now()
  return {
    show(progress) {
      if (stream.isTTY) {
        isDrawn = true
        stream.write(`\r\u001b[2K${bar(progress)} ${describe(progress, words)}`)
      } else if (now() - loggedAt >= logEveryMs) {
        loggedAt = now()
        stream.write(`${describe(progress, words)}\n`)
      }
    },
    end() {
      if (isDrawn) stream.write('\r\u001b[2K')
    },
  }
}

function bar({ visited, targets }: ScanProgress): string {
  const filled = Math.round((visited / Math.max(1, targets)) * barWidth)
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
}

function describe(progress: ScanProgress, words: Words): string {
  const { visited, targets, found, rate, remainingMs, phase } = progress
  const share = Math.floor((visited / Math.max(1, targets)) * 100)
  const text = words(`cli:progress.${phase}`, { share, visited, targets, found, rate: Math.round(rate) })
  if (phase !== 'sweeping' || remainingMs === null) return text
  return `${text} ${words('cli:progress.remaining', { seconds: Math.ceil(remainingMs / 1000) })}`
}
