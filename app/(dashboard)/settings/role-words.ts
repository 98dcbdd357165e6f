/** What each role is called. */
export const roleWords = { owner: 'Owner', admin: 'Admin', viewer: 'Viewer' } as const
