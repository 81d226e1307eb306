import { type Problem, problem } from './request.ts'

export interface Target {
  readonly path: string
  /** The authority of an absolute target (`GET http://host/x`): it wins over the Host header, as in Go. */
  readonly authority: string | null
}

/** Reads a request target: a path, an absolute URL or `*`. */
export function parseTarget(target: string): Target | Problem {
  if (target === '*') return { path: '*', authority: null }
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/i.exec(target)
  if (absolute !== null) return pathOf(absolute[2] ?? '', absolute[1] ?? '')
  // Go: url.ParseRequestURI refuses anything that is neither absolute nor begins with a slash.
  return target.startsWith('/') ? pathOf(target, null) : problem(400)
}

function pathOf(target: string, authority: string | null): Target | Problem {
  const query = target.indexOf('?')
  const raw = query < 0 ? target : target.slice(0, query)
  try {
    return { path: raw.includes('%') ? decodeURIComponent(raw) : raw, authority }
  } catch {
    return problem(400)
  }
}
