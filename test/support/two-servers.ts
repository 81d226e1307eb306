import { must, startBackend, type TestBackend } from './backend.ts'
import { startHosts } from './ollama-hosts.ts'
import { temporaryFolder } from './temporary.ts'

/** A backend that has scanned two servers, an old one with a model and a new one without, which are stopped by then. */
export async function scanTwoServers(
  range: { readonly block: string; readonly zone?: string },
  folder = temporaryFolder(),
): Promise<TestBackend> {
  const backend = await startBackend(folder)
  const authorised = { site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }
  await must(backend.call('range.add', { ...range, ...authorised }))
  const running = await startHosts(range.block, [
    { at: 1, version: '0.9.6', models: ['llama3.2:3b'] },
    { at: 2, version: '0.32.15', models: [] },
  ])
  try {
    await backend.scan({ rate: 5000 })
  } finally {
    await running.stop()
  }
  return backend
}
