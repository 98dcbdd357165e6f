import { randomBytes } from 'node:crypto'
import { request } from '@playwright/test'
import { argon2id, hash } from 'argon2'
import type { TestProduct } from './test-product'

/** Somebody with an account here. */
export type Person = { name: string; email: string; password: string }

export type SessionState = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>>

let made = 0

/** Makes an account with a role, in the database: the settings cannot do it yet. */
export async function personWith(role: 'owner' | 'admin' | 'viewer', product: TestProduct): Promise<Person> {
  const number = ++made
  const email = `${role}-${number}-${randomBytes(3).toString('hex')}@example.com`
  const person = { name: `Some ${role}`, email, password: randomBytes(12).toString('base64url') }
  // A tenth of the product's cost: the hash says itself how it was made.
  const passwordHash = await hash(person.password, {
    type: argon2id,
    memoryCost: 8 * 1024,
    timeCost: 2,
    parallelism: 1,
  })
  await product.database.query(
    'INSERT INTO app_user (id, email, name, role, password_hash) VALUES ($1, $2, $3, $4, $5)',
    [`usr_e2e_${number}_${randomBytes(6).toString('hex')}`, person.email, person.name, role, passwordHash],
  )
  return person
}

/** Signs somebody in without a page, and gives the cookies that a browser would have. */
export async function signedInState(url: string, { email, password }: Person): Promise<SessionState> {
  const client = await request.newContext({ baseURL: url })
  try {
    const { csrfToken } = await (await client.get('/api/auth/csrf')).json()
    const form = { csrfToken, email, password, callbackUrl: '/', json: 'true' }
    const answer = await client.post('/api/auth/callback/credentials', { form })
    if (!answer.ok()) throw new Error(`signing in as ${email} was answered ${answer.status()}`)
    return await client.storageState()
  } finally {
    await client.dispose()
  }
}
