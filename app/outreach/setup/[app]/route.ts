import { answerLanding, answerLandingHead, currentActor, deps } from '@/lib/server'

type Context = { params: Promise<{ app: string }> }

/** Where Outreach sends an installer, for the S2S app whose slug ends the path (design 2B). */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerLanding(deps(), currentActor, request, (await params).app)
}

export function HEAD(): Response {
  return answerLandingHead()
}
