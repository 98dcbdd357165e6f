/** Whether a URL's host name is this machine: `localhost`, its subdomains, 127.0.0.0/8 and ::1 (RFC 6761, RFC 8252 7.3). */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|[^.]+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname)
}
