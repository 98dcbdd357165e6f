import { expect, it } from 'vitest'
import type { ApiScope } from '@/lib/core/api-scopes'
import { curlLine } from './curl-line'

const line = (scopes: ApiScope[], connectionId: string | null) =>
  curlLine('https://patchbay.example', '$PATCHBAY_KEY', { scopes, connectionId })
const start = 'curl -H "Authorization: Bearer $PATCHBAY_KEY" https://patchbay.example/api/v1/'

it('tries a key with what it may do', () => {
  expect(line(['connections:read', 'tokens:read'], null)).toBe(`${start}connections`)
  expect(line(['connections:read', 'tokens:read'], 'con_1')).toBe(`${start}connections/con_1/token`)
  expect(line(['connections:read'], 'con_1')).toBe(`${start}connections/con_1`)
  expect(line(['tokens:read'], null)).toBe(`${start}connections/con_…/token`)
  expect(line(['tokens:refresh'], 'con_1')).toBe(
    'curl -X POST -H "Authorization: Bearer $PATCHBAY_KEY" https://patchbay.example/api/v1/connections/con_1/refresh',
  )
  expect(line(['proxy'], 'con_1')).toBe(`${start}proxy/con_1/api/…`)
})
