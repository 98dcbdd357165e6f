import { describe, expect, test } from 'vitest'
import { isSameOrigin } from './same-origin'

const appUrl = new URL('https://patchbay.example.com/')

describe('a form that starts a flow', () => {
  test.each([
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://patchbay.example.com' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    [{ origin: 'https://patchbay.example.com' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://patchbay.example.com' }, false],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://patchbay.example.com' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://evil.example.com' }, false],
    [{ origin: 'https://patchbay.example.com.evil.example' }, false],
    [{ origin: 'http://patchbay.example.com' }, false],
    [{ origin: 'null' }, false],
    [{}, false],
  ])('with %j is taken: %s', (headers, taken) => {
    expect(isSameOrigin(new Headers(headers), appUrl)).toBe(taken)
  })
})
