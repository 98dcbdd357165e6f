/**
 * `/.well-known/oauth-authorization-server` describes Outreach's MCP server only (providers.md 1.1, fact 16): whoever
 * discovers endpoints there finds the wrong ones for the REST API, and nothing answers at them here.
 */
export function mcpServerMetadata(baseUrl: string): Response {
  return Response.json({
    issuer: baseUrl,
    authorization_endpoint: `${baseUrl}/mcpOAuth/authorize`,
    token_endpoint: `${baseUrl}/mcpOAuth/token`,
    registration_endpoint: `${baseUrl}/mcpOAuth/register`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
  })
}
