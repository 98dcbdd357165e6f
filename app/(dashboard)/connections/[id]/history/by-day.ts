/** Rows that are sorted by time, put together by day in UTC, so that server and browser draw the same. */
export function byDay<Row extends { at: Date }>(rows: readonly Row[]): { day: string; rows: Row[] }[] {
  const days: { day: string; rows: Row[] }[] = []
  for (const row of rows) {
    const day = row.at.toISOString().slice(0, 10)
    const last = days.at(-1)
    if (last?.day === day) last.rows.push(row)
    else days.push({ day, rows: [row] })
  }
  return days
}
