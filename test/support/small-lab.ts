import { onTestFinished } from 'vitest'
import { labHost } from '#lab/host.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import type { Held, OllamaHost } from '#lab/ollama/host.ts'
import { ollama } from '#lab/ollama/server.ts'
import { held } from '#lab/organisation/held.ts'
import { absent } from '#lab/truth.ts'
import { must, type TestBackend } from './backend.ts'

/** Ollama servers of a test by the last number of their address. */
export type Servers = Readonly<Record<number, Partial<OllamaHost>>>

/** Starts them on real sockets; they stop with the test. */
export async function startServers(base: string, servers: Servers): Promise<Lab> {
  const hosts = Object.entries(servers).map(([at, host]) =>
    // What is true of them is the test's business.
    labHost(
      Number(at),
      `Server ${at}`,
      ollama({ version: '0.12.6', holds: [], ...host }),
      absent('answered'),
    ),
  )
  const lab = await startLab({ base, hosts })
  onTestFinished(() => lab.stop())
  return lab
}

/** Models pulled one after the other from an instant on, so that each has an instant of its own. */
export function pulledFrom(instant: string, ...names: string[]): Held[] {
  return names.map((name, index) => held(name, instant.replace(/\.\d/, `.${index + 1}`)))
}

/** Registers a block for scanning. */
export async function register(backend: TestBackend, block: string, site = 'Lab'): Promise<void> {
  await must(backend.call('range.add', { block, site, authorisedBy: 'Ada', reference: 'T-1' }))
}
