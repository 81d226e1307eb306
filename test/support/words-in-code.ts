import { parseSync } from 'oxc-parser'
import type { SourceFile } from './source-files.ts'

/** A text written in code: whole, or with holes where values go in. */
export interface WrittenText {
  readonly path: string
  /** The pieces between the holes; one piece: a plain literal. */
  readonly pieces: readonly string[]
  /** The function it is an argument of, and which one. */
  readonly callee: string | null
  readonly argument: number
}

interface Node {
  readonly type: string
  readonly [part: string]: unknown
}

/** Every string and template of a file; types, which are no values, left out. */
export function writtenTexts({ path, text }: SourceFile): WrittenText[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  return textsBelow(program as unknown as Node, { path, callee: null, argument: 0 })
}

type Place = Pick<WrittenText, 'path' | 'callee' | 'argument'>

function textsBelow(node: Node, place: Place): WrittenText[] {
  if (node.type.startsWith('TSTypeAlias') || node.type === 'ImportDeclaration') return []
  const pieces = piecesOf(node)
  const below = Object.entries(node).flatMap(([part, value]) => {
    const callee = part === 'arguments' && node.type === 'CallExpression' ? nameOf(node['callee']) : null
    const children = (Array.isArray(value) ? value : [value]).filter(isNode)
    return children.flatMap((child, argument) => textsBelow(child, { ...place, callee, argument }))
  })
  return pieces === null ? below : [{ ...place, pieces }, ...below]
}

function nameOf(node: unknown): string | null {
  return isNode(node) && node.type === 'Identifier' ? String(node['name']) : null
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function piecesOf(node: Node): string[] | null {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']]
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return null
  return node['quasis'].map((quasi: { value: { cooked: string } }) => quasi.value.cooked)
}
