import { FlaskConical, Globe, Wrench } from 'lucide-react'
import type { Environment } from '@/lib/core/provider'
import { Badge, type Tone } from '../ui/badge'

const looks: Record<Environment, { word: string; tone: Tone; Icon: typeof Globe; meaning: string }> = {
  sandbox: {
    word: 'Sandbox',
    tone: 'info',
    Icon: FlaskConical,
    meaning: 'An account of the local sandbox: no real company stands behind it.',
  },
  development: {
    word: 'Development',
    tone: 'warn',
    Icon: Wrench,
    meaning: 'Development credentials: some grants lapse weekly.',
  },
  production: { word: 'Production', tone: 'neutral', Icon: Globe, meaning: 'Real data of a real account.' },
}

/** Which world an app or account belongs to, in a word. */
export function EnvironmentTag({ environment }: { environment: Environment }) {
  const { word, tone, Icon, meaning } = looks[environment]
  return (
    <span title={meaning} className="inline-flex">
      <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
        {word}
      </Badge>
    </span>
  )
}
