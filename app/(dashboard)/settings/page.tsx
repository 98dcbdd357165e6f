import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Card } from '@/components/ui/card'
import { deps, pageActor, passwordLengthMin, settingsPage } from '@/lib/server'
import { AboutCard } from './about-card'
import { AddPersonForm } from './add-person-form'
import { ChangePasswordForm } from './change-password-form'
import { PeopleTable } from './people-table'
import { SessionsTable } from './sessions-table'
import { SettingsTabs } from './settings-tabs'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsRoute() {
  const actor = await pageActor()
  const page = await settingsPage(deps(), actor)
  const { about } = page
  return (
    <>
      <PageHeader
        title="Settings"
        description="Who may use this Patchbay, where you are signed in, and what runs here."
      />
      <SettingsTabs />
      <div className="grid gap-6">
        <Card
          title="People"
          description={
            page.mayManage
              ? 'Viewers read, admins connect and change connections, owners manage people as well.'
              : 'Only an owner adds people and changes roles. You see who is here.'
          }
          flush
        >
          <PeopleTable people={page.people} mayManage={page.mayManage} oidcHost={about.oidcHost} />
        </Card>
        {page.mayManage ? (
          <Card
            title="Add a person"
            description={
              about.oidcHost
                ? `Needed only for people who do not sign in through ${about.oidcHost}.`
                : 'You choose the first password and hand it over; they can change it here.'
            }
          >
            <AddPersonForm passwordLengthMin={passwordLengthMin} />
          </Card>
        ) : null}
        <Card title="Your sessions" description="A session ends a week after you signed in." flush>
          <SessionsTable caption="Your sessions" sessions={page.mySessions} />
        </Card>
        {page.otherSessions.length > 0 ? (
          <Card
            title="Sessions of others"
            description="Ending one makes that browser sign in again. To keep a person out, disable the account."
            flush
          >
            <SessionsTable caption="Sessions of others" sessions={page.otherSessions} withPerson />
          </Card>
        ) : null}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title="Your password" description="Changing it ends your other sessions.">
            {page.hasPassword ? (
              <ChangePasswordForm email={actor.email} passwordLengthMin={passwordLengthMin} />
            ) : (
              <p className="text-ink-muted">
                You have none here: you sign in through {about.oidcHost ?? 'the identity provider'}.
              </p>
            )}
          </Card>
          <AboutCard about={about} />
        </div>
      </div>
    </>
  )
}
