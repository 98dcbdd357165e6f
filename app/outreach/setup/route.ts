import { answerLanding, answerLandingHead, currentActor, deps } from '@/lib/server'

/** Where Outreach sends an installer, for the only S2S app (design 2B). */
export function GET(request: Request): Promise<Response> {
  return answerLanding(deps(), currentActor, request, null)
}

export function HEAD(): Response {
  return answerLandingHead()
}
