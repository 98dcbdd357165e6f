import type { ReactNode } from 'react'
import { buttonStyle } from '@/components/ui/button-style'
import { Tooltip } from '@/components/ui/tooltip'

export const viewerReason = 'Needs the role admin.'

/** A button that is not for now: visible, switched off, and it says why to the eye and to screen readers. */
export function OffButton({ label, icon, reason }: { label: string; icon?: ReactNode; reason: string }) {
  return (
    <Tooltip text={reason}>
      <button type="button" aria-disabled="true" className={buttonStyle()}>
        {icon}
        {label}
        <span className="sr-only">. Not available: {reason}</span>
      </button>
    </Tooltip>
  )
}
