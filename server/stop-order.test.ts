import { expect, it } from 'vitest'
import { createStopOrder } from './stop-order'

it('ends in the opposite order, past what fails', async () => {
  const said: string[] = []
  const order = createStopOrder((words) => said.push(`failed: ${words}`))
  order.add('database', async () => void said.push('database'))
  order.add('pool', () => Promise.reject(new Error('stuck')))
  order.add('web', async () => void said.push('web'))
  await order.stopAll()
  await order.stopAll()
  expect(said).toEqual(['web', 'failed: pool', 'database'])
})
