import { codeOf } from './answer.ts'

/** An error with a code as Node's own have one. */
export function withCode(code: string): Error {
  return Object.assign(new Error(code), { code })
}

// Made once: an Error notes where it comes from, and silence is what most of a network answers with.
export const silence = withCode('ETIMEDOUT')
export const ownEcho = withCode('ECONNREFUSED')

const outcomes: Readonly<Record<string, 'refused' | 'silent' | 'unreachable'>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'silent',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ENONET: 'unreachable',
}

/** Too many files, buffers or ports in use here: `EADDRNOTAVAIL` is what Linux says when every local port is taken. */
const exhaustion = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EAGAIN'])

/** What an attempt to connect came to that failed. */
export function outcomeOf(error: Error): 'refused' | 'silent' | 'unreachable' | 'failed' | 'exhausted' {
  if (exhaustion.has(codeOf(error))) return 'exhausted'
  return outcomes[codeOf(error)] ?? 'failed'
}
