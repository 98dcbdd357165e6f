import { clsx } from 'clsx'
import { Circle, CircleCheck, CircleDot } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Progress } from '@/components/ui/meter'
import type { ProviderAppPage } from '@/lib/server'
import { grantWords } from '../grant-words'

type Readiness = ProviderAppPage['readiness'][number]

const icons = { done: CircleCheck, next: CircleDot, later: Circle, optional: Circle } as const
const said = { done: 'Done', next: 'Next', later: 'Later', optional: 'Optional' } as const

/** The steps of a draft, in the order the provider forces. */
export function DraftCard({ app, readiness }: { app: ProviderAppPage; readiness: Readiness }) {
  const needed = readiness.steps.filter((step) => step.state !== 'optional')
  const done = needed.filter((step) => step.state === 'done').length
  return (
    <Card
      id={`steps-${readiness.grant}`}
      title={`Setting up: ${grantWords(app.provider, readiness.grant).title}`}
      description={
        readiness.ready
          ? 'Everything that Connect needs is there.'
          : `${done} of ${needed.length} steps done.`
      }
    >
      <div className="grid gap-4">
        {readiness.ready ? null : <Progress done={done} total={needed.length} label="Steps done" />}
        <ol className="grid gap-3">
          {readiness.steps.map((step) => {
            const Icon = icons[step.state]
            return (
              <li
                key={step.key}
                aria-current={step.state === 'next' ? 'step' : undefined}
                className={clsx('flex gap-3', step.state === 'later' && 'text-ink-muted')}
              >
                <Icon
                  aria-hidden="true"
                  className={clsx(
                    'mt-0.5 size-4 shrink-0',
                    {
                      done: 'text-ok',
                      next: 'text-accent',
                      later: 'text-ink-faint',
                      optional: 'text-ink-faint',
                    }[step.state],
                  )}
                />
                <div className="min-w-0">
                  <p className={clsx(step.state === 'next' && 'font-medium')}>
                    {step.title}{' '}
                    <span className="font-normal text-ink-muted text-sm">· {said[step.state]}</span>
                  </p>
                  {step.state === 'done' ? null : <p className="text-ink-muted text-sm">{step.words}</p>}
                </div>
              </li>
            )
          })}
        </ol>
      </div>
    </Card>
  )
}
