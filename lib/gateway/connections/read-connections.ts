import type { Deps } from '../../deps'
import { readSurroundings } from '../../queries/surroundings'
import { connectionDto, connectionSelect } from './connection-dto'
import type { ConnectionDto } from './connection-schema'

/** Connections as programs see them, by id; what is gone meanwhile is left out. */
export async function readConnections(
  deps: Pick<Deps, 'sql' | 'db'>,
  ids: readonly string[],
): Promise<ConnectionDto[]> {
  if (ids.length === 0) return []
  const [rows, surroundings] = await Promise.all([
    deps.db.connection.findMany({
      where: { id: { in: [...ids] } },
      orderBy: { id: 'asc' },
      select: connectionSelect,
    }),
    readSurroundings(deps),
  ])
  return rows.map((row) => connectionDto(row, surroundings(row.provider, row.app.baseUrl)))
}
