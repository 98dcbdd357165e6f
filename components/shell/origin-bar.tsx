'use client'

import { TriangleAlert } from 'lucide-react'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * One bar when the page was opened under another origin than APP_URL: sign-in cookies and providers' answers go to APP_URL, so Connect
 * cannot finish here. It names the right link and the variable to change.
 *
 * @param props.appOrigin the origin of APP_URL
 */
export function OriginBar({ appOrigin }: { appOrigin: string }) {
  const here = useSyncExternalStore(
    never,
    () => location.origin,
    () => appOrigin,
  )
  if (here === appOrigin) return null
  return (
    <div
      role="status"
      className="flex flex-wrap items-start gap-x-3 gap-y-1 border-warn-line border-b bg-warn-soft px-4 py-2.5 sm:px-6"
    >
      <TriangleAlert aria-hidden="true" className="mt-[3px] size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1">
        You opened Patchbay at <code className="break-all font-mono text-[0.93em]">{here}</code>, but it is
        set up for{' '}
        <a
          href={`${appOrigin}${location.pathname}${location.search}`}
          className="break-all font-medium text-accent underline underline-offset-4"
        >
          {appOrigin}
        </a>
        . Providers answer there, so connecting does not work here. If this address is the right one, set{' '}
        <code className="font-mono text-[0.93em]">APP_URL={here}</code> and restart.
      </p>
    </div>
  )
}
