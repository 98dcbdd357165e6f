import { execFile } from 'node:child_process'

/** The system user that PostgreSQL's programs run as; `null`: the one we are. */
export type ToolUser = { name: string; uid: number; gid: number } | null

export type ToolResult = { code: number; output: string }

/** Nothing of our own environment, which may hold keys. */
const env: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

/**
 * Runs a program to its end, from `/` because another user may not search our folder.
 *
 * @param timeoutMs the program is killed after it
 * @returns its exit code (-1 when it could not run) and everything it said
 */
export function runTool(
  file: string,
  args: readonly string[],
  user: ToolUser,
  timeoutMs = 60_000,
): Promise<ToolResult> {
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid }
  return new Promise((resolve) => {
    execFile(
      file,
      [...args],
      { ...identity, cwd: '/', env, timeout: timeoutMs, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        const said = `${stdout}${stderr}`.trim()
        resolve({ code, output: code === -1 && said === '' ? String(error?.message) : said })
      },
    )
  })
}
