import type { Column } from '@/components/data/data-table'

/** Heads and widths of the list: the table and its skeleton have the same. */
export const connectionColumns = {
  account: { key: 'account', head: 'Account', className: 'sm:min-w-52' },
  provider: { key: 'provider', head: 'Provider' },
  status: { key: 'status', head: 'Status' },
  access: { key: 'access', head: 'Access expires' },
  reconnect: { key: 'reconnect', head: 'Reconnect by', hideBelow: 'lg' },
  limit: { key: 'limit', head: 'Limit left', hideBelow: 'lg', className: 'sm:w-48' },
  used: { key: 'used', head: 'Last used', hideBelow: 'xl' },
  menu: { key: 'menu', head: 'Actions', headHidden: true, className: 'sm:w-12' },
} as const satisfies Record<string, Omit<Column<never>, 'cell'>>

export type ColumnName = keyof typeof connectionColumns
