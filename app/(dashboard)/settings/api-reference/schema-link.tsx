import { refName, typeWords } from './schema-words'

/** A schema's name, which leads to what is told of it, or its type in words. */
export function SchemaWords({ schema }: { schema: Readonly<Record<string, unknown>> }) {
  const name = refName(schema)
  return name ? <SchemaLink name={name}>{name}</SchemaLink> : typeWords(schema)
}

export function SchemaLink({ name, children }: { name: string; children: string }) {
  return (
    <a href={`#schema-${name}`} className="rounded-sm text-accent underline underline-offset-4">
      {children}
    </a>
  )
}
