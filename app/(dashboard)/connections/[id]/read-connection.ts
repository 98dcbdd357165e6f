import type { Metadata } from 'next'
import { oncePerRequest } from '@/app/once-per-request'
import { connectionPage } from '@/lib/server'

export type ConnectionParams = { params: Promise<{ id: string }> }

/** The connection of this address, read once a request by its layout and its tab. */
export const readConnection = oncePerRequest(connectionPage)

/** The record's name first, then the tab. */
export async function connectionTitle({ params }: ConnectionParams, tab: string): Promise<Metadata> {
  const { name } = await readConnection((await params).id)
  return { title: `${name} · ${tab} · Connections` }
}
