import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { ClockProvider } from '@/components/data/clock-provider'
import { OriginBar } from '@/components/shell/origin-bar'
import { parseTheme, themeCookie } from '@/components/shell/theme'
import { ToastRegion } from '@/components/ui/toast'
import { deps } from '@/lib/server'
import './globals.css'

export const metadata: Metadata = {
  title: { template: '%s · Patchbay', default: 'Patchbay' },
  description: 'Connects Outreach, Envoy and Outstand accounts and keeps their tokens alive.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#131316' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  const { clock, config } = deps()
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <ClockProvider nowMs={clock.now().getTime()}>
          <OriginBar appOrigin={config.appUrl.origin} />
          {children}
        </ClockProvider>
        <ToastRegion />
      </body>
    </html>
  )
}
