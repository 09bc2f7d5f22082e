/** What every answer and every request has to do with: headers for the browser, and no orders from other people's pages. */
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { problem } from './problem.ts'

const headers = (strictTransportSecurity: string | false) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:', 'data:'],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { camera: ['self'], geolocation: ['self'], microphone: [], payment: [], usb: [] },
    xFrameOptions: 'DENY',
    strictTransportSecurity,
  })
const plain = headers(false)
const secure = headers('max-age=31536000')

/** Under TLS the browser is told to come back by TLS only. */
export const guardedHeaders = createMiddleware((c, next) => (new URL(c.req.url).protocol === 'https:' ? secure : plain)(c, next))

/**
 * A page of another origin changes nothing here. `Sec-Fetch-Site` is the browser's own word; where it is missing (plain
 * HTTP on a LAN) the Origin has to name the host that was called. Callers that are no browsers send neither.
 */
export const sameOrigin = createMiddleware(async (c, next) => {
  const harmless = ['GET', 'HEAD'].includes(c.req.method)
  const site = c.req.header('Sec-Fetch-Site')
  const origin = c.req.header('Origin')
  const ours = site === undefined ? origin === undefined || hostOf(origin) === (c.req.header('Host') ?? new URL(c.req.url).host) : site === 'same-origin' || site === 'none'
  if (!harmless && !ours) throw problem(403, 'foreign-origin')
  await next()
})

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
