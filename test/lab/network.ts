import { LabError } from './lab-error.ts'

/** The block of addresses the organisation lives in. */
export interface Network {
  /** The first address, as a number. */
  readonly first: number
  readonly size: number
}

const loopback = 127 * 2 ** 24

/** Reads `127.44.0.0/24`. Only loopback will do: the lab must never be reachable from elsewhere. */
export function parseNetwork(text: string): Network {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = (match ?? []).slice(1).map(Number)
  const first = ((a * 256 + b) * 256 + c) * 256 + d
  const size = 2 ** (32 - length)
  const sound = match !== null && Math.max(a, b, c, d) < 256 && length <= 32 && first % size === 0
  if (!sound) throw badBase(`${text} is no block of addresses`)
  // The next block belongs to the story too: hosts outside the scope live there.
  if (first <= loopback || first + 2 * size > loopback + 2 ** 24) {
    throw badBase(`${text} and the block after it do not lie in 127.0.0.0/8, above its first block`)
  }
  return { first, size }
}

function badBase(mistake: string): LabError {
  return new LabError('base-malformed', mistake, 'Name a loopback block such as 127.44.0.0/24.')
}

export function addressAt(network: Network, offset: number): string {
  return dotted(network.first + offset)
}

/** `127.44.0.248/29`: a block of the given size inside or beside the network. */
export function blockAt(network: Network, offset: number, size: number): string {
  return `${dotted(network.first + offset)}/${32 - Math.log2(size)}`
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.')
}
