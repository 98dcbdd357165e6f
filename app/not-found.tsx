import type { Metadata } from 'next'
import { MissingPage } from '@/components/shell/missing-page'
import { VisitorPage } from '@/components/shell/visitor-page'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFound() {
  return (
    <VisitorPage wide>
      <MissingPage />
    </VisitorPage>
  )
}
