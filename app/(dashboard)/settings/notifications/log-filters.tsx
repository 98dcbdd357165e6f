import { ChoiceChip } from '@/components/data/choice-chip'
import { FilterBar } from '@/components/data/filter-chip'
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
        <ChoiceChip
          label="Channel"
          values={channels.map(({ id }) => id)}
          words={Object.fromEntries(channels.map(({ id, name }) => [id, name]))}
          chosen={filters.channel}
          href={(channel) => listHref(path, { ...filters, channel })}
        />
      )}
      <ChoiceChip
        label="State"
        values={notificationStates}
        words={deliveryStateWords}
        chosen={filters.state}
        href={(state) => listHref(path, { ...filters, state })}
      />
    </FilterBar>
  )
}
