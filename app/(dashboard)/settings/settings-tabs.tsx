import { TabsNav } from '@/components/ui/tabs-nav'

const tabs = [
  { href: '/settings', label: 'People and sessions' },
  { href: '/settings/api-keys', label: 'API keys' },
  { href: '/settings/api-reference', label: 'API reference' },
  { href: '/settings/notifications', label: 'Notifications' },
]

/** The pages of the settings. */
export function SettingsTabs() {
  return (
    <div className="mb-6">
      <TabsNav label="Settings" tabs={tabs} />
    </div>
  )
}
