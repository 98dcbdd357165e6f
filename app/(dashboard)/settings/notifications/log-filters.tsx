import { FilterBar, FilterChip } from '@/components/data/filter-chip'
import { type NotificationsPage, notificationStates } from '@/lib/server'
import { listHref } from '../../list-href'
import { deliveryStateWords } from './delivery-state'

const path = '/settings/notifications'

/** The log by channel and by state. */
export function LogFilters({
  page: { filters, channels },
  anyActive,
}: {
  page: Pick<NotificationsPage, 'filters' | 'channels'>
  anyActive: boolean
}) {
  return (
    <FilterBar clearAllHref={path} anyActive={anyActive}>
      {channels.length === 0 ? null : (
        <FilterChip
          label="Channel"
          value={channels.find(({ id }) => id === filters.channel)?.name ?? null}
          clearHref={listHref(path, { ...filters, channel: null })}
          options={channels.map(({ id, name }) => ({
            value: id,
            label: name,
            href: listHref(path, { ...filters, channel: id }),
            selected: filters.channel === id,
          }))}
        />
      )}
      <FilterChip
        label="State"
        value={filters.state && deliveryStateWords[filters.state]}
        clearHref={listHref(path, { ...filters, state: null })}
        options={notificationStates.map((state) => ({
          value: state,
          label: deliveryStateWords[state],
          href: listHref(path, { ...filters, state }),
          selected: filters.state === state,
        }))}
      />
    </FilterBar>
  )
}
