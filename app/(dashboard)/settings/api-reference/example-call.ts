import type { ApiReferencePage } from '@/lib/server'
import type { ExampleCall } from './examples'

type Operation = ApiReferencePage['reference']['groups'][number]['operations'][number]

/** A call of an operation that works as it stands where there is a connection to call with. */
export function exampleCall(
  operation: Operation,
  { origin, connection }: Pick<ApiReferencePage, 'origin' | 'connection'>,
): ExampleCall {
  const [method = 'GET'] = operation.methods
  const path = operation.path
    .replace('{id}', connection?.id ?? sampleOf(operation, 'id'))
    .replace('{path}', connection?.providerPath ?? sampleOf(operation, 'path'))
  const headers = operation.parameters.flatMap(({ in: place, name, schema }) =>
    place === 'header' && method !== 'GET' && typeof schema.example === 'string'
      ? [[name, schema.example] as const]
      : [],
  )
  // curl reads brackets as ranges.
  const url = `${origin}${path}`.replaceAll('[', '%5B').replaceAll(']', '%5D')
  return { method, url, headers: Object.fromEntries(headers) }
}

function sampleOf(operation: Operation, name: string): string {
  const example = operation.parameters.find((parameter) => parameter.name === name)?.schema.example
  return typeof example === 'string' ? example : `{${name}}`
}
