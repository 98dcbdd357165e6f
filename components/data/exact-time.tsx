import { CopyButton } from './copy-button'
import { localWords, utcWords } from './time-words'

/** The three forms of one instant. Only ever drawn in the browser, which alone knows the reader's zone. */
export function ExactTime({ at }: { at: Date }) {
  const forms = [
    ['Local', localWords(at.getTime())],
    ['UTC', utcWords(at.getTime())],
    ['ISO 8601', at.toISOString()],
  ] as const
  return (
    <span className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-0.5">
      {forms.map(([name, text]) => (
        <span key={name} className="contents">
          <span className="text-ink-muted">{name}</span>
          <span className="font-mono tabular-nums">{text}</span>
          <CopyButton text={text} label={`${name} time`} />
        </span>
      ))}
    </span>
  )
}
