import { CopyButton } from '@/components/data/copy-button'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { ApiReferencePage } from '@/lib/server'
import { ExampleBlocks } from './example-blocks'
import { exampleCall } from './example-call'
import { FieldTable } from './field-table'
import { InlineCode } from './inline-code'
import { SchemaWords } from './schema-link'
import { typeWords } from './schema-words'

type Operation = ApiReferencePage['reference']['groups'][number]['operations'][number]

/** One operation with all a program has to know of it. */
export function OperationCard({ operation, page }: { operation: Operation; page: ApiReferencePage }) {
  const { operationId, summary, description, methods, path, scope, parameters, body } = operation
  return (
    <Card id={operationId} level={3} className="scroll-mt-6" title={summary}>
      <div className="grid gap-4">
        <p className="flex flex-wrap items-center gap-2">
          {methods.map((method) => (
            <Badge key={method} tone="info">
              {method}
            </Badge>
          ))}
          <code className="break-all font-mono text-sm">{path}</code>
          <CopyButton text={`${page.origin}${path}`} label={`URL of ${operationId}`} className="-my-1" />
        </p>
        {description.split('\n\n').map((paragraph) => (
          <p key={paragraph} className="max-w-[75ch]">
            <InlineCode text={paragraph} />
          </p>
        ))}
        <p className="text-ink-muted">
          Needs the scope <code className="font-mono text-sm">{scope}</code>.
        </p>
        {parameters.length > 0 ? (
          <Part title="Parameters">
            <FieldTable
              caption={`Parameters of ${operationId}`}
              head="Parameter"
              rows={parameters.map((parameter) => ({
                name: parameter.name,
                note: `${places[parameter.in]}${parameter.required ? ', required' : ''}`,
                type: `${typeWords(parameter.schema)}${defaultWords(parameter.schema.default)}`,
                description: parameter.description,
              }))}
            />
          </Part>
        ) : null}
        {body ? (
          <Part title="Body">
            <p>
              JSON: <SchemaWords schema={body} />
            </p>
          </Part>
        ) : null}
        <Part title="Answers">
          <ul className="grid gap-1">
            {operation.answers.map((answer) => (
              <li key={answer.status}>
                <code className="font-mono text-sm">{answer.status}</code>{' '}
                <InlineCode text={answer.description} />{' '}
                {answer.schema ? <SchemaWords schema={answer.schema} /> : null}
              </li>
            ))}
          </ul>
        </Part>
        <Part title="Errors">
          <p className="flex flex-wrap gap-x-3 gap-y-1">
            {[...operation.problems, ...page.reference.commonProblems].map(({ code, status }) => (
              <a
                key={code}
                href={`#error-${code}`}
                className="rounded-sm font-mono text-accent text-sm underline-offset-4 hover:underline"
              >
                {status} {code}
              </a>
            ))}
          </p>
        </Part>
        <Part title="Examples">
          <ExampleBlocks call={exampleCall(operation, page)} name={operationId} />
        </Part>
      </div>
    </Card>
  )
}

const places = { path: 'in the path', query: 'in the query', header: 'header' } as const

function defaultWords(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `, ${value} unless given` : ''
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h4 className="mb-1.5 font-medium">{title}</h4>
      {children}
    </section>
  )
}
