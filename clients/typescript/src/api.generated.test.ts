import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { expect, test } from 'vitest'
import { openApiDocument } from '../../../lib/gateway/openapi/document'
import { operations } from '../../../lib/gateway/operations'

const head = '// Made from the OpenAPI document of Patchbay; do not edit. README.md says how.\n\n'

test('the types are those of the API: `npx vitest run --project unit clients -u` makes them anew', async () => {
  const document = openApiDocument(operations, 'https://patchbay.example.com')
  // Plain JSON, as programs get it; its makers and its readers type it differently.
  const plain: OpenAPI3 = JSON.parse(JSON.stringify(document))
  await expect(head + astToString(await openapiTS(plain))).toMatchFileSnapshot('./api.generated.ts')
})
