import { defaultPort } from './host.ts'
import type { Journal } from './journal.ts'
import { LabError } from './lab-error.ts'
import type { PlacedService } from './place.ts'
import { type Listener, listen } from './wire/listen.ts'
import { keepSilent } from './wire/silence.ts'

/** What is open, and how to close it. */
export interface OpenServices {
  /** Without those whose port somebody else has, where that is no great loss. */
  readonly services: readonly PlacedService[]
  stop(): Promise<void>
}

/** Opens every service; if one that matters cannot be opened, none stays open. */
export async function openServices(
  services: readonly PlacedService[],
  journal: Journal,
): Promise<OpenServices> {
  const silentOnes = services.filter(({ serves }) => serves.kind === 'silent')
  const loud = services.filter(({ serves }) => serves.kind !== 'silent' && serves.kind !== 'refusing')
  const [silence, ...attempts] = await Promise.all([
    settle(keepSilent(silentOnes)),
    ...loud.map(service => settle(listen(service.address, service.port, service.serves, journal))),
  ])
  const opened = [silence, ...attempts].flatMap(({ value }) => (value === null ? [] : [value]))
  const stop = async () => {
    await Promise.all(opened.map(listener => listener.stop()))
  }
  const failed = new Map(
    loud.flatMap((service, index) => {
      const attempt = attempts[index]
      return attempt?.value === null ? [[service, attempt.error] as const] : []
    }),
  )
  // A look-alike's second port is no great loss; the port everybody scans is.
  const [fatal] = [...failed].filter(([service]) => service.meant === defaultPort)
  if (fatal !== undefined || silence.value === null) {
    await stop()
    throw fatal === undefined ? cannotOpen(silentOnes[0], silence.error) : cannotOpen(...fatal)
  }
  const works = silence.value.works
  const open = services
    .filter(service => !failed.has(service))
    .map(service => (service.serves.kind === 'silent' && !works ? refusingInstead(service) : service))
  return { services: open, stop }
}

interface Settled<Value> {
  readonly value: Value | null
  readonly error: unknown
}

async function settle<Value extends Listener>(promise: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await promise, error: null }
  } catch (error) {
    return { value: null, error }
  }
}

/** Where full queues are refused rather than ignored, a silent host cannot be had. */
function refusingInstead(service: PlacedService): PlacedService {
  const note = 'meant to be silent, which this platform cannot do on loopback'
  return { ...service, known: { kind: 'absent', outcome: 'refused', note } }
}

function cannotOpen(service: PlacedService | undefined, cause: unknown): LabError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const where = service === undefined ? 'an address' : `${service.address}:${service.port}`
  if (code === 'EADDRINUSE') {
    return new LabError(
      'port-in-use',
      `${where} is already in use: the lab, or an Ollama that listens on every address, is running here`,
      'Stop it, or choose another block with --base 127.60.0.0/24.',
    )
  }
  return new LabError(
    'address-unavailable',
    `${where} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
    'Give every host a port of its own with --ports.',
  )
}
