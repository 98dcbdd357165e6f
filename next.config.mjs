/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // A page's title comes with its first byte, for everyone: a streamed one leaves the tab without a name meanwhile.
  htmlLimitedBots: /.*/,
  // Next would print whole addresses in development, and a callback's holds a code.
  logging: { incomingRequests: false },
  // `npm run verify` checks types with the project's own settings; a start would only do it again.
  typescript: { ignoreBuildErrors: true },
  // Native or wasm packages that must be loaded by Node, not bundled.
  serverExternalPackages: ['argon2', 'pg', 'pino', '@prisma/client', '@prisma/adapter-pg'],
}
