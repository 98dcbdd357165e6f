import type { Metadata } from 'next'
import Link from 'next/link'
import { CopyField } from '@/components/data/copy-field'
import { PageHeader } from '@/components/shell/page-header'
import { Card } from '@/components/ui/card'
import { type ApiReferencePage, apiReferencePage, deps, pageActor } from '@/lib/server'
import { SettingsTabs } from '../settings-tabs'
import { ErrorTable } from './error-table'
import { ExampleBlocks } from './example-blocks'
import { FieldTable } from './field-table'
import { OperationCard } from './operation-card'
import { SchemaLink } from './schema-link'
import { fieldsOf } from './schema-words'

export const metadata: Metadata = { title: 'API reference · Settings' }

/** How programs use the machine API, drawn from the schemas that parse their requests. */
export default async function ApiReference() {
  const page = await apiReferencePage(deps(), await pageActor())
  const { groups, schemas, problems } = page.reference
  return (
    <>
      <PageHeader
        title="API reference"
        description="How a program of yours reads fresh tokens and calls the providers through Patchbay."
        crumbs={[{ href: '/settings', label: 'Settings' }]}
      />
      <SettingsTabs />
      <div className="grid gap-6">
        <Begin page={page} />
        <Contents page={page} />
        {groups.map(({ name, operations }) => (
          <section key={name} aria-labelledby={`group-${name}`} className="grid gap-4">
            <h2 id={`group-${name}`} className="font-semibold text-lg">
              {name}
            </h2>
            {operations.map((operation) => (
              <OperationCard key={operation.operationId} operation={operation} page={page} />
            ))}
          </section>
        ))}
        <Card
          id="errors"
          title="Errors"
          description="An error is application/problem+json (RFC 9457). Programs decide by its code, which does not change."
          flush
        >
          <ErrorTable problems={problems} />
        </Card>
        <section aria-labelledby="schemas" className="grid gap-4">
          <h2 id="schemas" className="font-semibold text-lg">
            Schemas
          </h2>
          {Object.entries(schemas).map(([name, schema]) => (
            <Card key={name} id={`schema-${name}`} level={3} title={name} className="scroll-mt-6">
              <FieldTable
                caption={`Members of ${name}`}
                head="Member"
                rows={fieldsOf(schema).map((field) => ({
                  ...field,
                  type: field.ref ? <SchemaLink name={field.ref}>{field.type}</SchemaLink> : field.type,
                }))}
              />
            </Card>
          ))}
        </section>
      </div>
    </>
  )
}

function Begin({ page: { origin, connection } }: { page: ApiReferencePage }) {
  return (
    <Card title="Begin">
      <div className="grid gap-4">
        <p className="max-w-[75ch]">
          Make a key on{' '}
          <Link href="/settings/api-keys" className="rounded-sm text-accent underline underline-offset-4">
            the page of API keys
          </Link>{' '}
          and give it to your program as <code className="font-mono text-sm">PATCHBAY_KEY</code>. Each request
          carries it in the header <code className="font-mono text-sm">Authorization</code>, never in its
          address. Every answer tells in <code className="font-mono text-sm">Patchbay-Answer</code> whether
          Patchbay gave it or the provider.
        </p>
        <div className="grid gap-2 sm:grid-cols-2">
          <CopyField value={`${origin}/api/v1`} label="API address" />
          <CopyField value={`${origin}/api/v1/openapi.json`} label="address of the OpenAPI document" />
        </div>
        <ExampleBlocks call={{ method: 'GET', url: `${origin}/api/v1/connections` }} name="a first request" />
        {connection ? (
          <p className="text-ink-muted">
            Examples below use {connection.name}, a connection of this Patchbay.
          </p>
        ) : null}
      </div>
    </Card>
  )
}

function Contents({ page }: { page: ApiReferencePage }) {
  return (
    <Card title="On this page">
      <nav aria-label="On this page">
        <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {page.reference.groups
            .flatMap(({ operations }) => operations)
            .map(({ operationId, summary, methods, path }) => (
              <li key={operationId}>
                <a
                  href={`#${operationId}`}
                  className="rounded-sm text-accent underline-offset-4 hover:underline"
                >
                  {summary}
                </a>{' '}
                <code className="break-all font-mono text-ink-muted text-sm">
                  {methods.length === 1 ? methods[0] : 'ANY'} {path}
                </code>
              </li>
            ))}
          {[
            ['errors', 'Errors'],
            ['schemas', 'Schemas'],
          ].map(([id, words]) => (
            <li key={id}>
              <a href={`#${id}`} className="rounded-sm text-accent underline-offset-4 hover:underline">
                {words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </Card>
  )
}
