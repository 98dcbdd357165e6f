import { expect, it } from 'vitest'
import { fieldsOf, typeWords } from './schema-words'

it.each([
  [{ type: 'string' }, 'string'],
  [{ type: ['string', 'null'] }, 'string or null'],
  [{ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] }, 'instant (RFC 3339) or null'],
  [{ type: 'integer', minimum: 0, maximum: 86_400 }, 'whole number, 0 to 86400'],
  [{ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }, 'whole number'],
  [{ type: 'integer', minimum: 0, maximum: 2147483647 }, 'whole number, 0 or more'],
  [{ type: 'string', enum: ['a', 'b'] }, 'one of a, b'],
  [{ type: 'string', enum: Array.from({ length: 29 }, String) }, 'one of 29 words'],
  [{ type: 'string', const: 'Bearer' }, '"Bearer"'],
  [{ type: 'array', items: { $ref: '#/components/schemas/Connection' } }, 'list of Connection'],
])('says %j in words', (schema, words) => {
  expect(typeWords(schema)).toBe(words)
})

it('lists the members of objects, those within them by dotted names', () => {
  const schema = {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Never changes.' },
      account: { type: 'object', properties: { name: { type: 'string' } } },
      list: { type: 'array', items: { $ref: '#/components/schemas/Connection' } },
    },
  }
  expect(fieldsOf(schema)).toEqual([
    { name: 'id', type: 'string', ref: null, description: 'Never changes.' },
    { name: 'account.name', type: 'string', ref: null, description: null },
    { name: 'list', type: 'list of Connection', ref: 'Connection', description: null },
  ])
})
