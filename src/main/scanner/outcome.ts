import { codeOf } from './answer.ts'

/** An error that says in a word what went wrong, as the system's own do. */
export function withCode(code: string): Error {
  return Object.assign(new Error(code), { code })
}

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

/** What the error of an attempt to connect means. */
export function outcomeOf(error: Error): 'refused' | 'silent' | 'unreachable' | 'failed' | 'exhausted' {
  if (exhaustion.has(codeOf(error))) return 'exhausted'
  return outcomes[codeOf(error)] ?? 'failed'
}
