import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { Textarea } from '@/components/ui/textarea'
import { providerNames } from '@/lib/core/provider'
import type { ProviderAppPage } from '@/lib/server'
import { saveScopesAction } from '../actions'
import { ScopeFilter } from './scope-filter'
import { scopeRows } from './scope-rows'

/** The scope picker: native checkboxes by group and resource, filtered in the browser without drawing them anew. */
export function ScopesCard({ app }: { app: ProviderAppPage }) {
  const { scopes } = app
  if (!scopes) return null
  return (
    <Card title="Scopes" description={scopes.catalogue.note}>
      <div className="grid gap-4">
        {scopes.writeOnly.length > 0 ? (
          <Callout kind="warn" title="Write does not include read.">
            Picked without the matching read: {scopes.writeOnly.join(', ')}.
          </Callout>
        ) : null}
        {app.mayEdit ? <Picker app={app} scopes={scopes} /> : <Picked scopes={scopes.picked} />}
      </div>
    </Card>
  )
}

type Scopes = NonNullable<ProviderAppPage['scopes']>

function Picked({ scopes }: { scopes: readonly string[] }) {
  if (scopes.length === 0) return <p className="text-ink-muted">None: the provider’s defaults apply.</p>
  return (
    <ul className="flex flex-wrap gap-1.5">
      {scopes.map((scope) => (
        <li key={scope} className="rounded-md border border-line bg-sunken px-2 py-0.5 font-mono text-sm">
          {scope}
        </li>
      ))}
    </ul>
  )
}

function Picker({ app, scopes }: { app: ProviderAppPage; scopes: Scopes }) {
  const picked = new Set(scopes.picked)
  const { always, entries } = scopes.catalogue
  return (
    <ActionForm action={saveScopesAction} guardUnsaved>
      <input type="hidden" name="appId" value={app.id} />
      {always.length > 0 ? (
        <p className="flex flex-wrap items-center gap-2">
          Always asked for:
          {always.map((scope) => (
            <Badge key={scope} tone="info">
              <span className="font-mono">{scope}</span>
            </Badge>
          ))}
        </p>
      ) : null}
      <ScopeFilter total={entries.length}>
        {scopeRows(entries).map(({ group, rows }) => (
          <fieldset key={group} data-scope-group className="min-w-0">
            <legend className="mb-1 font-medium">{group}</legend>
            <ul className="divide-y divide-line rounded-md border border-line">
              {rows.map(({ resource, entries: own }) => (
                <li
                  key={resource}
                  data-scope-row={own.map((entry) => entry.scope.toLowerCase()).join(' ')}
                  className="grid gap-x-4 px-3 py-1.5 sm:grid-cols-[14rem_1fr]"
                >
                  <span className="break-all font-mono text-sm leading-6">{resource}</span>
                  <span className="flex flex-wrap gap-x-5">
                    {own.map(({ scope, note, verb }) => (
                      <label key={scope} title={note} className="flex items-center gap-1.5 py-0.5 text-sm">
                        <input
                          key={String(picked.has(scope))}
                          type="checkbox"
                          name="scope"
                          value={scope}
                          aria-label={note ? `${scope} (${note})` : scope}
                          defaultChecked={picked.has(scope)}
                          className="size-4 accent-accent"
                        />
                        {verb}
                      </label>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </fieldset>
        ))}
      </ScopeFilter>
      <div className="grid gap-1.5">
        <label htmlFor="other-scopes" className="font-medium">
          Other scopes <span className="font-normal text-ink-faint">(optional)</span>
        </label>
        <Textarea
          key={scopes.others.join(' ')}
          id="other-scopes"
          name="others"
          mono
          rows={2}
          defaultValue={scopes.others.join(' ')}
          aria-describedby="other-scopes-hint"
          autoComplete="off"
          spellCheck={false}
        />
        <p id="other-scopes-hint" className="text-ink-muted text-sm">
          Those that are not in the list, separated by spaces. {providerNames[app.provider]} refuses one that
          it does not know.
        </p>
      </div>
      <div>
        <SubmitButton variant="secondary">Save scopes</SubmitButton>
      </div>
    </ActionForm>
  )
}
