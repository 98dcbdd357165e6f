import { describe, expect, it } from 'vitest'
import { readyWords } from './say-ready'

const ports = { outreach: 3001, envoy: 3002, outstand: 3003, control: 3004 }
const config = {
  appUrl: new URL('http://localhost:3000'),
  sandbox: { on: true, ports },
  roles: ['web', 'worker'] as const,
}

describe('the words of a start', () => {
  it('say where to open the browser and how to get in', () => {
    const words = readyWords({
      config,
      setUpLink: 'http://localhost:3000/welcome/start?token=t',
      tookMs: 1234,
    })
    expect(words).toContain('ready (1.2 s)')
    expect(words).toMatch(/Open +http:\/\/localhost:3000\n/)
    expect(words).toMatch(/Set up +http:\/\/localhost:3000\/welcome\/start\?token=t\n/)
    expect(words).toMatch(/Sandbox +http:\/\/localhost:3004 /)
    expect(words).not.toContain('forward')
  })

  it('leave the link out once there is an admin', () => {
    expect(readyWords({ config, setUpLink: null, tookMs: 1 })).not.toContain('Set up')
  })

  it('name the ports to forward when Patchbay is opened from elsewhere', () => {
    const away = { ...config, appUrl: new URL('https://patchbay.example.com') }
    const words = readyWords({ config: away, setUpLink: null, tookMs: 1 })
    expect(words).toContain('forward the ports 3001 to 3004')
    expect(words).toContain('-L 3002:localhost:3002')
  })

  it('name no page where none is served', () => {
    const words = readyWords({ config: { ...config, roles: ['worker'] }, setUpLink: null, tookMs: 1 })
    expect(words).not.toContain('Open')
  })
})
