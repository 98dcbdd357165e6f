import { connectAs } from '../tests/product/connecting'
import { expect, personWith, test } from '../tests/product/journey'
import type { TestProduct } from '../tests/product/test-product'

/* What a page that is still open does when its session has been ended elsewhere. */

const endSessions = ({ database }: TestProduct, email: string) =>
  database.query(
    `UPDATE session SET ended_at = now() FROM app_user
      WHERE app_user.id = session.user_id AND app_user.email = $1`,
    [email],
  )

test('a button says so, with the way to sign in and come back', async ({ page, another, product }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const admin = await personWith('admin', product)
  const other = await another(admin)
  await other.goto(`/connections/${id}`)
  await endSessions(product, admin.email)
  await other.getByRole('button', { name: 'Check again' }).click()
  const told = other.getByRole('status', { name: 'Notifications' })
  await expect(told.getByText('You are not signed in any more: nothing was changed.')).toBeVisible()
  await told.getByRole('link', { name: 'Sign in' }).click()
  await expect(other).toHaveURL(new RegExp(`/sign-in\\?next=.*${id}`))
})

test('its event stream ends at the next heartbeat', async ({ another, product }) => {
  const admin = await personWith('admin', product)
  const other = await another(admin)
  await other.goto('/settings')
  // The page has a stream of its own: this one is told by its address.
  const begun = other.waitForResponse((answer) => answer.url().includes('/api/events?ours'))
  const ended = other.evaluate(async () => {
    const answer = await fetch('/api/events?ours')
    const reader = answer.body?.getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read());
    return answer.status
  })
  await begun
  await endSessions(product, admin.email)
  expect(await ended).toBe(200)
})
