import { describe, expect, it } from 'vitest'
import { readConfig } from './config'

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(readConfig({ SANDBOX_HOST: '' })).toEqual({
      kind: 'fine',
      config: {
        port: 3001,
        host: '127.0.0.1',
        dataFolder: '.data/sandbox',
        appUrl: 'http://localhost:3000',
        ledgerFile: null,
      },
    })
  })

  it('takes the slash off the end of the app’s URL', () => {
    const read = readConfig({ SANDBOX_APP_URL: 'https://patchbay.example/', SANDBOX_PORT: '4001' })
    expect(read).toMatchObject({ config: { appUrl: 'https://patchbay.example', port: 4001 } })
  })

  it('names every fault at once', () => {
    const read = readConfig({ SANDBOX_PORT: '65534', SANDBOX_APP_URL: 'patchbay' })
    if (read.kind === 'fine') throw new Error('it should be faulty')
    expect(read.faults).toHaveLength(2)
    expect(read.faults[0]).toContain('SANDBOX_PORT')
    expect(read.faults[1]).toContain('SANDBOX_APP_URL')
    expect(readConfig({ SANDBOX_PORT: 'three' })).toMatchObject({ kind: 'faulty' })
  })
})
