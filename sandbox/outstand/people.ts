import type { Person } from '../doorkeeper/options'
import { WHITE_LABEL_NAME } from './apps'
import type { OutstandState, OutstandUser, UserStatus } from './state'

/** Statuses that stop a user's tokens until they are active again; what the real Outstand does is not documented. */
const STOPPED: readonly UserStatus[] = ['disabled', 'suspended', 'canceled']

/** Everybody who has an account and has not been deleted. */
export function presentUsers(state: OutstandState): OutstandUser[] {
  return state.users.filter((user) => user.deletedAtMs === null)
}

/** Those who can sign in. */
export function people(state: OutstandState): Person[] {
  return presentUsers(state)
    .filter((user) => !STOPPED.includes(user.status))
    .map(toPerson)
}

/** A user as the sign-in and consent pages show them. */
export function toPerson(user: OutstandUser): Person {
  return {
    id: user.id,
    name: `${user.firstName} ${user.lastName}`,
    email: user.email,
    detail: user.whiteLabel ? `${WHITE_LABEL_NAME} white label` : 'Outstand',
  }
}

/** Whether this user's tokens are asleep. */
export function isStopped(state: OutstandState, userId: string): boolean {
  const user = state.users.find(({ id }) => id === userId)
  return user === undefined || user.deletedAtMs !== null || STOPPED.includes(user.status)
}
