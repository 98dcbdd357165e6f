import { getuid } from 'node:process'
import { runTool, type ToolUser } from './run-tool'

const name = 'postgres'

/**
 * Who runs PostgreSQL: we ourselves, or, since PostgreSQL refuses root, the system user `postgres`, made when missing.
 *
 * @param say told of a user that was made
 * @throws Error in words when there is no such user and none can be made
 */
export async function clusterUser(say: (words: string) => void): Promise<ToolUser> {
  if (getuid?.() !== 0) return null
  const known = await lookUp()
  if (known) return known
  const made = await runTool('/bin/sh', ['-c', `useradd -r ${name} || adduser -S ${name}`], null)
  const user = await lookUp()
  if (!user)
    throw new Error(
      `PostgreSQL does not run as root, and the system user ${name} could not be made (${made.output}). ` +
        `Make it, run Patchbay as another user, or set DATABASE_URL.`,
    )
  say(`made the system user ${name}, because PostgreSQL does not run as root`)
  return user
}

async function lookUp(): Promise<ToolUser> {
  const [uid, gid] = await Promise.all([
    runTool('/usr/bin/env', ['id', '-u', name], null),
    runTool('/usr/bin/env', ['id', '-g', name], null),
  ])
  if (uid.code !== 0 || gid.code !== 0) return null
  return { name, uid: Number(uid.output), gid: Number(gid.output) }
}
