import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

/** State of a provider, changed in place through `state` and then written as one JSON file. */
export type Store<T> = {
  readonly state: T
  /** Resolves when a write that began after this call is on disk. Await it before a token is answered. */
  commit(): Promise<void>
  /** The same, some moments later and not awaited: for what may be lost with a kill. */
  touch(): void
  flush(): Promise<void>
  reset(): Promise<void>
}

export type StoreOptions<T> = {
  /** Raise it when the shape changes: a file of another version is set aside, not misread. */
  readonly version: number
  readonly initial: () => T
  /** Where given, a file that does not fit is set aside too. */
  readonly schema?: z.ZodType<T>
}

const fileSchema = z.object({ version: z.number(), state: z.unknown() })
const DEBOUNCE_MS = 150

/** Opens the store kept in `file`, or one in memory where `file` is null. `warn` hears of a file that was set aside. */
export function openStore<T>(
  file: string | null,
  options: StoreOptions<T>,
  warn: (words: string) => void = () => undefined,
): Store<T> {
  let state = file === null ? options.initial() : readState(file, options, warn)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let queued: Promise<void> | null = null

  const write = async (path: string) => {
    await writeFile(`${path}.tmp`, serialise(options.version, state), { mode: 0o600 })
    await rename(`${path}.tmp`, path)
  }
  const commit = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (file === null) return Promise.resolve()
    // All commits made while one write runs share the next write.
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = null
        running = write(file)
        return running
      })
    return queued
  }
  return {
    get state() {
      return state
    },
    commit,
    touch() {
      timer ??= setTimeout(() => {
        commit().catch((error: unknown) => warn(`sandbox state was not saved: ${String(error)}`))
      }, DEBOUNCE_MS).unref()
    },
    flush: commit,
    reset() {
      state = options.initial()
      return commit()
    },
  }
}

/** Writes a small file whole or not at all, at once. For what is made a single time at start. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.tmp`, text, { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

function serialise(version: number, state: unknown): string {
  return `${JSON.stringify({ version, state })}\n`
}

function readState<T>(file: string, options: StoreOptions<T>, warn: (words: string) => void): T {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const text = readText(file)
  if (text === null) return options.initial()
  const found = parseState(text, options)
  if (found.fits) return found.state
  renameSync(file, `${file}.set-aside`)
  warn(`${file} is of another version or damaged: it was renamed to *.set-aside and the sandbox starts anew`)
  return options.initial()
}

function parseState<T>(text: string, options: StoreOptions<T>): { fits: true; state: T } | { fits: false } {
  try {
    const whole = fileSchema.parse(JSON.parse(text))
    if (whole.version !== options.version) return { fits: false }
    return { fits: true, state: options.schema?.parse(whole.state) ?? trusted<T>(whole.state) }
  } catch {
    return { fits: false }
  }
}

/** Without a schema the version number is what vouches for the shape: this program wrote the file. */
function trusted<T>(state: unknown): T {
  return state as T
}

/** The text of a file, null when there is none. */
export function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
