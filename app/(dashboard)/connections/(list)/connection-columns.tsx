import type { Column } from '@/components/data/data-table'

/** Heads and widths of the list: the table and its skeleton have the same. */
export const connectionColumns = {
  account: { key: 'account', head: 'Account', className: 'sm:w-80 sm:min-w-42' },
  provider: { key: 'provider', head: 'Provider' },
  status: { key: 'status', head: 'Status' },
  access: { key: 'access', head: 'Access expires', hideBelow: 'md' },
  reconnect: { key: 'reconnect', head: 'Reconnect by', hideBelow: 'xl' },
  limit: { key: 'limit', head: 'Limit left', hideBelow: 'xl', className: 'sm:w-32' },
  used: { key: 'used', head: 'Last used', hideBelow: 'wide' },
  menu: { key: 'menu', head: 'Actions', headHidden: true, className: 'sm:w-12' },
} as const satisfies Record<string, Omit<Column<never>, 'cell'>>

export type ColumnName = keyof typeof connectionColumns
