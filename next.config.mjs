/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or wasm packages that must be loaded by Node, not bundled.
  serverExternalPackages: ['argon2', 'pg', 'pino', '@prisma/client', '@prisma/adapter-pg'],
}
