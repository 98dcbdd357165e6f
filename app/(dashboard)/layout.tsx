import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { CommandKeys } from '@/components/shell/command-keys'
import { PaletteButton } from '@/components/shell/palette-button'
import { PlaceLine } from '@/components/shell/place-line'
import { ProductName } from '@/components/shell/product-name'
import { Rail } from '@/components/shell/rail'
import { SkipLink } from '@/components/shell/skip-link'
import { parseTheme, themeCookie } from '@/components/shell/theme'
import { TopBar } from '@/components/shell/top-bar'
import { UserPanel } from '@/components/shell/user-panel'
import { deps, pageActor } from '@/lib/server'
import { Banners } from './banners'

/** Rail or top bar around every page of somebody who is signed in. Each page checks the actor again: layouts are not drawn anew. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await pageActor()
  const { config } = deps()
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  const place = <PlaceLine host={config.appUrl.host} sandbox={config.sandbox.on} />
  const panel = <UserPanel user={user} theme={theme} />
  return (
    <>
      <SkipLink />
      <CommandKeys />
      <TopBar name={<ProductName />} place={place} search={<PaletteButton />} user={panel} />
      <div className="flex">
        <Rail place={place} search={<PaletteButton />} user={panel} />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 sm:px-6 lg:px-8">
          <div className="mx-auto max-w-[90rem]">
            <Banners actor={user} />
            {children}
          </div>
        </main>
      </div>
    </>
  )
}
