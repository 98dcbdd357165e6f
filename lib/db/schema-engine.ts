import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { Pool } from 'pg'

/** The wasm package's bindings, as far as they are used here; its own types describe the web build only. */
type Bindings = typeof import('@prisma/schema-engine-wasm') & {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}

/** No table and no enum is managed by anyone else. */
export const noFilters = { externalTables: [], externalEnums: [] }

/**
 * Prisma's own schema engine as WebAssembly: the native one is a download that closed networks refuse.
 *
 * @param pool connections to the database it works on; the caller ends it
 */
export async function openSchemaEngine(pool: Pool) {
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(instance.exports)
  startBindings(instance.exports)
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
  return bindings.SchemaEngine.new({ datamodels: undefined }, ignoreEngineLog, adapter)
}

/** The generated exports are untyped: this one always exists and takes nothing. */
function startBindings(exports: WebAssembly.Exports): void {
  const start = exports.__wbindgen_start
  if (typeof start === 'function') start()
}

function ignoreEngineLog(): void {}
