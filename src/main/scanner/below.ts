import type { ProbeKind } from '#shared/domain/probe.ts'
import { allowList, prefix } from './allow-list.ts'
import type { Line } from './line.ts'

const kinds = new Set(allowList.map(question => question.kind))

/** A line whose questions are asked below the base path `/ollama`. What cannot be asked there is not allowed. */
export function below(line: Line): Line {
  return {
    target: line.target,
    basePath: prefix,
    get certificate() {
      return line.certificate
    },
    get probes() {
      return line.probes.filter(({ kind }) => kind === 'tls' || kind.startsWith('prefixed-'))
    },
    async ask(kind, ...rest) {
      const asked = `prefixed-${kind}` as ProbeKind
      if (kinds.has(asked)) return line.ask(asked, ...rest)
      return { ok: false, failure: 'not-allowed', firstBytes: null, durationMs: 0 }
    },
    secure: line.secure,
    // What is proven below says nothing about the root, where the second stage is asked.
    prove: () => {},
    close: line.close,
  }
}
