import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions, deps, requestOrigin } from '@/lib/server'

type Context = { params: Promise<{ nextauth: string[] }> }

function handle(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions(deps(), requestOrigin(request.headers)))
}

export { handle as GET, handle as POST }
