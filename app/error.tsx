'use client'

import { FaultPage } from '@/components/shell/fault-page'

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" className="px-4">
      <FaultPage error={error} retry={retry} what="This page" />
    </main>
  )
}
