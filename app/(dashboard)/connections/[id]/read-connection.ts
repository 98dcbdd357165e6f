import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { type ConnectionPage, connectionPage, deps, pageActor } from '@/lib/server'

export type ConnectionParams = { params: Promise<{ id: string }> }

/** The connection of this address, read once a request by its layout and its tab; none is the page that says so. */
export const readConnection = cache(async (id: string): Promise<ConnectionPage> => {
  const actor = await pageActor()
  const connection = await connectionPage(deps(), actor, id)
  if (!connection) notFound()
  return connection
})

/** The record's name first, then the tab. */
export async function connectionTitle({ params }: ConnectionParams, tab: string): Promise<Metadata> {
  const { name } = await readConnection((await params).id)
  return { title: `${name} · ${tab} · Connections` }
}
