/** Node's codes of a connection that was not made or broke, and SQLSTATEs of a server that takes none or goes down. */
const codes =
  /^(ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|08\w{3}|53300|57P0[1-5]|P1001|P1002|P1008|P1017|P2024)$/
/** The driver gives these no code. */
const words =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/

/** Whether an error of a statement says that the database was not there, rather than that the statement was wrong. */
export function isUnreachable(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    if ('code' in each && typeof each.code === 'string' && codes.test(each.code)) return true
    if (words.test(each.message)) return true
  }
  return false
}
