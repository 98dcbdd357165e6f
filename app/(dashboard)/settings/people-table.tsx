import { type Column, DataTable } from '@/components/data/data-table'
import { RelativeTime, Timestamp } from '@/components/data/timestamp'
import { Badge } from '@/components/ui/badge'
import type { PersonRow } from '@/lib/server'
import { DisablePerson, EnablePerson } from './person-switch'
import { RoleForm } from './role-form'
import { roleWords } from './role-words'

/** Everybody with an account. @param props.mayManage shows what an owner can change */
export function PeopleTable({
  people,
  mayManage,
  oidcHost,
}: {
  people: readonly PersonRow[]
  mayManage: boolean
  oidcHost: string | null
}) {
  const columns: Column<PersonRow>[] = [
    { key: 'name', head: 'Person', cell: (person) => <Who person={person} /> },
    {
      key: 'role',
      head: 'Role',
      cell: (person) =>
        mayManage ? (
          <RoleForm
            userId={person.id}
            name={person.name}
            role={person.role}
            disabledReason={person.isOnlyOwner ? 'The only owner. Make somebody else an owner first.' : null}
          />
        ) : (
          roleWords[person.role]
        ),
    },
    {
      key: 'sign-in',
      head: 'Signs in with',
      hideBelow: 'lg',
      cell: ({ signsInWith }) => signInWords(signsInWith, oidcHost),
    },
    {
      key: 'seen',
      head: 'Last seen',
      hideBelow: 'md',
      cell: ({ lastSeenAt }) =>
        lastSeenAt ? <Timestamp at={lastSeenAt} /> : <span className="text-ink-muted">Never</span>,
    },
    {
      key: 'sessions',
      head: 'Sessions',
      numeric: true,
      hideBelow: 'md',
      cell: (person) => person.openSessions,
    },
  ]
  if (mayManage) {
    columns.push({
      key: 'switch',
      head: 'Account',
      cell: (person) =>
        person.disabledAt ? <EnablePerson person={person} /> : <DisablePerson person={person} />,
    })
  }
  return <DataTable bare caption="People" columns={columns} rows={people} rowKey={({ id }) => id} />
}

function Who({ person: { name, email, isMe, disabledAt } }: { person: PersonRow }) {
  return (
    <div className="grid min-w-0">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
        <span className="break-words">{name}</span>
        {isMe ? <Badge>You</Badge> : null}
        {disabledAt ? (
          <Badge tone="warn">
            Disabled <RelativeTime at={disabledAt} />
          </Badge>
        ) : null}
      </span>
      {email === name ? null : <span className="break-all text-ink-muted">{email}</span>}
    </div>
  )
}

function signInWords({ password, oidc }: PersonRow['signsInWith'], oidcHost: string | null): string {
  const ways = [password ? 'Password' : null, oidc ? (oidcHost ?? 'OpenID Connect, which is off') : null]
  return ways.filter(Boolean).join(', ') || 'Nothing yet'
}
