import { expect, it } from 'vitest'
import { whyNotRefresh } from './refresh-reason'

it('switches Refresh now off exactly where it would be refused without a call', () => {
  for (const status of ['pending', 'disconnected', 'suspended', 'needs_reconnect', 'uncertain'] as const)
    expect(whyNotRefresh(status)).toEqual(expect.any(String))
  for (const status of ['healthy', 'retrying', 'app_misconfigured'] as const)
    expect(whyNotRefresh(status)).toBeNull()
})

it('names the button that helps instead', () => {
  expect(whyNotRefresh('suspended')).toContain('Check again')
  expect(whyNotRefresh('needs_reconnect')).toContain('Reconnect')
})
