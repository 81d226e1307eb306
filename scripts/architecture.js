// Checks the import rules of ARCHITECTURE.md: `node scripts/architecture.js [folder]`, part of `npm test`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseSync } from 'oxc-parser'
import { rules } from './architecture-rules.js'
import { projectRoot } from './setup/project.js'

/**
 * @typedef {{ target: string, line: number }} Import `src/…` for a file of the project, else the module's name
 * @typedef {{ kind: string, line: number }} Use something other than an import that a rule looks at
 * @typedef {{ file: string, lines: number, imports: Import[], uses: Use[] }} Source
 * @typedef {{ file: string, line: number, what: string }} Breach
 * @typedef {{ name: string, why: string, find: (sources: Source[]) => Breach[] }} Rule
 * @typedef {{ type: string, start: number } & Record<string, any>} AstNode
 */

const folders = ['src', 'test/lab']

/**
 * Every breach of every rule below `root`, as lines for a person.
 * @param {string} root
 */
export function checkArchitecture(root) {
  const aliases = readAliases(root)
  const sources = folders
    .flatMap(folder => filesBelow(root, folder))
    .map(file => readSource(root, file, aliases))
  return rules.flatMap(rule =>
    rule
      .find(sources)
      .map(({ file, line, what }) => `${file}:${line} ${what}\n    ${rule.name}: ${rule.why}`),
  )
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesBelow(root, path)
    return /\.(ts|tsx|js|mjs|cjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : []
  })
}

/**
 * `#shared/*` → `src/shared/*`, as package.json says.
 * @param {string} root
 * @returns {[string, string][]}
 */
function readAliases(root) {
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.entries(imports).map(([alias, target]) => [
    alias.replace('*', ''),
    String(target).replace('./', '').replace('*', ''),
  ])
}

/**
 * @param {string} root
 * @param {string} file
 * @param {[string, string][]} aliases
 * @returns {Source}
 */
function readSource(root, file, aliases) {
  const text = readFileSync(join(root, file), 'utf8')
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const lineAt = (/** @type {number} */ offset) => text.slice(0, offset).split('\n').length
  /** @type {Source} */
  const source = { file, lines: text.trimEnd().split('\n').length, imports: [], uses: [] }
  walk(/** @type {AstNode} */ (/** @type {unknown} */ (program)), node => {
    const line = lineAt(node.start)
    const target = importedBy(node)
    if (target !== null) source.imports.push({ target: locate(target, file, aliases), line })
    for (const kind of usesIn(node)) source.uses.push({ kind, line })
  })
  return source
}

/**
 * @param {AstNode} node
 * @param {(node: AstNode) => void} visit
 */
function walk(node, visit) {
  visit(node)
  for (const child of Object.values(node).flat()) {
    if (child !== null && typeof child === 'object' && typeof child.type === 'string') walk(child, visit)
  }
}

/**
 * What a node imports, in any spelling: import and export … from (types as well), import(), require(), import('x').T.
 * @param {AstNode} node
 * @returns {string | null}
 */
function importedBy(node) {
  const isRequire = node.type === 'CallExpression' && node['callee'].name === 'require'
  const source = isRequire ? node['arguments'][0] : importSource(node)
  if (source === null || source === undefined) return null
  return typeof source.value === 'string' ? source.value : 'a computed import'
}

/** @param {AstNode} node */
function importSource(node) {
  if (node.type === 'TSExternalModuleReference') return node['expression']
  const types = [
    'ImportDeclaration',
    'ExportNamedDeclaration',
    'ExportAllDeclaration',
    'ImportExpression',
    'TSImportType',
  ]
  return types.includes(node.type) ? node['source'] : null
}

/**
 * @param {string} specifier
 * @param {string} file
 * @param {[string, string][]} aliases
 */
function locate(specifier, file, aliases) {
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) return posix.join(posix.dirname(file), bare)
  const alias = aliases.find(([prefix]) => bare.startsWith(prefix))
  if (alias !== undefined) return alias[1] + bare.slice(alias[0].length)
  return builtinModules.includes(bare) ? `node:${bare}` : bare
}

/**
 * @param {AstNode} node
 * @returns {string[]}
 */
function usesIn(node) {
  if (node.type === 'AwaitExpression' || node['async'] === true || node['await'] === true) return ['await']
  if (node.type === 'NewExpression') return newUses(node)
  if (node.type === 'CallExpression' && node['callee'].type === 'Identifier')
    return [`${node['callee'].name}()`]
  if (node.type === 'ImportSpecifier') return [`{ ${node['imported'].name} }`]
  if (node.type !== 'MemberExpression' || node['object'].type !== 'Identifier') return []
  return [`${node['object'].name}.${node['property'].name ?? node['property'].value}`]
}

/** @param {AstNode} node */
function newUses(node) {
  const hasArguments = node['arguments'].length > 0
  return [`new ${node['callee'].name}${node['callee'].name === 'Date' && hasArguments ? '(…)' : '()'}`]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const breaches = checkArchitecture(resolve(process.argv[2] ?? projectRoot))
  for (const breach of breaches) process.stdout.write(`${breach}\n`)
  process.exitCode = breaches.length > 0 ? 1 : 0
}
