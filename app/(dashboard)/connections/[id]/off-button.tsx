import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'

export const viewerReason = 'Needs the role admin.'

/** A button that is not for now: visible, switched off, and it says why to the eye and to screen readers. */
export function OffButton({ label, icon, reason }: { label: string; icon?: ReactNode; reason: string }) {
  return (
    <Tooltip text={reason}>
      <Button icon={icon} aria-disabled="true">
        {label}
        <span className="sr-only">. Not available: {reason}</span>
      </Button>
    </Tooltip>
  )
}
