// The kinds of architecture rules: what the lines of architecture-rules.js are made of.

/** @typedef {import('./architecture.js').Source} Source */
/** @typedef {import('./architecture.js').Breach} Breach */
/** @typedef {import('./architecture.js').Rule} Rule */

/**
 * @param {string} name
 * @param {string} why
 * @param {Rule['find']} find
 * @returns {Rule}
 */
export function rule(name, why, find) {
  return { name, why, find }
}

/**
 * Files of `from` may import these and nothing else.
 * @param {string} name
 * @param {string[]} from
 * @param {string[]} allowed
 * @param {string} why
 */
export function only(name, from, allowed, why) {
  return rule(name, why, sources =>
    importsWhere(sources, (file, target) => isIn(file, from) && !isIn(target, allowed)),
  )
}

/**
 * Files of `from` may import these files of the project, and packages as other rules allow.
 * @param {string} name
 * @param {string[]} from
 * @param {string[]} allowed
 * @param {string} why
 */
export function inside(name, from, allowed, why) {
  const project = ['src/', 'test/', 'scripts/', 'resources/']
  return rule(name, why, sources =>
    importsWhere(
      sources,
      (file, target) => isIn(file, from) && isIn(target, project) && !isIn(target, allowed),
    ),
  )
}

/**
 * @param {string} name
 * @param {string[]} from
 * @param {string[]} banned
 * @param {string[]} except
 * @param {string} why
 */
export function notFrom(name, from, banned, except, why) {
  return rule(name, why, sources =>
    importsWhere(sources, (file, target) => isIn(file, from) && !isIn(file, except) && isIn(target, banned)),
  )
}

/**
 * @param {string} name
 * @param {string[]} from
 * @param {RegExp | string[]} banned
 * @param {string} why
 * @param {string[]} except
 */
export function never(name, from, banned, why, except = []) {
  const isBanned = (/** @type {string} */ kind) =>
    Array.isArray(banned) ? banned.includes(kind) : banned.test(kind)
  return rule(name, why, sources =>
    sources
      .filter(({ file }) => isIn(file, from) && !isIn(file, except))
      .flatMap(({ file, uses }) =>
        uses
          .filter(({ kind }) => isBanned(kind))
          .map(({ kind, line }) => ({ file, line, what: `uses ${kind}` })),
      ),
  )
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {string[]} packages
 * @param {string} why
 */
export function single(name, folder, packages, why) {
  return rule(name, why, sources => {
    const found = importsWhere(sources, (file, target) => isIn(file, [folder]) && isIn(target, packages))
    return found.filter(({ file }) => file !== found[0]?.file)
  })
}

/**
 * @param {string} name
 * @param {string} place
 * @param {number} most
 * @param {string} why
 */
export function longest(name, place, most, why) {
  return rule(name, why, sources =>
    sources
      .filter(({ file, lines }) => isIn(file, [place]) && lines > most)
      .map(({ file, lines }) => ({ file, line: lines, what: `has ${lines} lines` })),
  )
}

/**
 * @param {Source[]} sources
 * @param {(file: string, target: string) => boolean} isBreach
 * @returns {Breach[]}
 */
export function importsWhere(sources, isBreach) {
  return sources.flatMap(({ file, imports }) =>
    imports
      .filter(({ target }) => isBreach(file, target))
      .map(({ target, line }) => ({ file, line, what: `imports ${target}` })),
  )
}

/**
 * `src/shared/` and `node:` stand for all that begins so; `zod` for the package and what lies below it.
 * @param {string} name
 * @param {string[]} places
 */
function isIn(name, places) {
  return places.some(place =>
    /[/:]$/.test(place) ? name.startsWith(place) : name === place || name.startsWith(`${place}/`),
  )
}
