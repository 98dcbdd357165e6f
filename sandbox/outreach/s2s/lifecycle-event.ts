/** The body of an app lifecycle webhook. It names the install and the app, never the org (providers.md 1.6). */
export type LifecycleEvent = {
  data: {
    type: 'install'
    id: string
    relationships: { app: { data: { type: 'app'; id: string } } }
  }
  meta: { deliveredAt: string; eventName: string }
}

/** Builds one event; `atMs` is the moment of delivery. */
export function lifecycleEvent(
  installId: string,
  s2sGuid: string,
  eventName: string,
  atMs: number,
): LifecycleEvent {
  return {
    data: {
      type: 'install',
      id: installId,
      relationships: { app: { data: { type: 'app', id: s2sGuid } } },
    },
    meta: { deliveredAt: new Date(atMs).toISOString(), eventName },
  }
}
