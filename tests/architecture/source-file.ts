import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'
import { z } from 'zod'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A node of the syntax tree (ESTree, with TypeScript's nodes), as far as the rules look at it. */
export type Node = Readonly<Record<string, unknown>> & { readonly type: string }

export type Import = {
  /** `lib/core/errors` for a file of ours (no extension), else the package's name as written. */
  to: string
  /** Erased when compiled: `import type`, or a type of `import('…')`. */
  typeOnly: boolean
}

export type SourceFile = {
  /** From the project's folder, with slashes. */
  path: string
  code: string
  nodes: readonly Node[]
  /** Statements of the module itself. */
  topLevel: readonly Node[]
  imports: readonly Import[]
}

const nodeSchema = z.looseObject({ type: z.string() })
const namedSchema = z.object({ value: z.string() })
const importingTypes = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

/** Parses one module; its path decides what its relative imports mean. */
export function sourceFile(path: string, code: string): SourceFile {
  const program: unknown = parseAst(code, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  const nodes = nodesIn(program)
  return {
    path,
    code,
    nodes,
    topLevel: nodesOf(isNode(program) ? program.body : null),
    imports: nodes.flatMap((node) => importOf(node, path)),
  }
}

/** Every TypeScript module of the project that people write. */
export function projectFiles(): SourceFile[] {
  const folders = ['app', 'components', 'lib', 'server', 'sandbox']
  const paths = folders.flatMap((folder) => modulesIn(folder))
  return [...paths, 'server.ts', ...(readdirSync(root).includes('proxy.ts') ? ['proxy.ts'] : [])].map(
    (path) => sourceFile(path, readFileSync(join(root, path), 'utf8')),
  )
}

function modulesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return path === 'lib/db/generated' ? [] : modulesIn(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function importOf(node: Node, from: string): Import[] {
  const source = namedSchema.safeParse(node.source)
  if (!importingTypes.has(node.type) || !source.success) return []
  return [{ to: resolve(source.data.value, from), typeOnly: isTypeOnly(node) }]
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = nodesOf(node.specifiers)
  return (
    specifiers.length > 0 &&
    specifiers.every((each) => each.importKind === 'type' || each.exportKind === 'type')
  )
}

function resolve(specifier: string, from: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2).replace(/\.tsx?$/, '')
  if (!specifier.startsWith('.')) return specifier
  return normalize(join(dirname(from), specifier))
    .replaceAll('\\', '/')
    .replace(/\.tsx?$/, '')
}

/** Depth first, parents before children. */
function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  if (typeof value !== 'object' || value === null) return []
  const below = Object.values(value).flatMap(nodesIn)
  return isNode(value) ? [value, ...below] : below
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : []
}

export function isNode(value: unknown): value is Node {
  return nodeSchema.safeParse(value).success
}
