import { codeOf } from './answer.ts'

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

/** What a failed attempt to connect says about the target, or about this machine. */
export function outcomeOf(error: Error): 'refused' | 'silent' | 'unreachable' | 'failed' | 'exhausted' {
  if (exhaustion.has(codeOf(error))) return 'exhausted'
  return outcomes[codeOf(error)] ?? 'failed'
}
