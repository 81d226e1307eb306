/**
 * Every cycle once, reported at its alphabetically first file.
 * @param {import('./architecture.js').Source[]} sources
 * @returns {import('./architecture.js').Breach[]}
 */
export function findCycles(sources) {
  const graph = new Map(sources.map(source => [source.file, source.imports]))
  const finished = new Set()
  /** @type {Map<string, import('./architecture.js').Breach>} */
  const found = new Map()

  /** @param {string} file @param {string[]} path */
  const follow = (file, path) => {
    if (path.includes(file)) {
      const breach = describe(path.slice(path.indexOf(file)), graph)
      found.set(breach.what, breach)
      return
    }
    if (finished.has(file)) return
    for (const { target } of graph.get(file) ?? []) {
      if (graph.has(target)) follow(target, [...path, file])
    }
    finished.add(file)
  }

  for (const { file } of sources) follow(file, [])
  return [...found.values()]
}

/**
 * @param {string[]} cycle
 * @param {Map<string, import('./architecture.js').Import[]>} graph
 */
function describe(cycle, graph) {
  const first = cycle.indexOf([...cycle].sort()[0] ?? '')
  const ordered = [...cycle.slice(first), ...cycle.slice(0, first)]
  const file = ordered[0] ?? ''
  const line = graph.get(file)?.find(({ target }) => target === (ordered[1] ?? file))?.line ?? 1
  return { file, line, what: `is in a cycle: ${[...ordered, file].join(' → ')}` }
}
