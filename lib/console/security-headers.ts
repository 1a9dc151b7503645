/**
 * Headers of every answer of the console, whatever it is: no sniffing, no frame around it, no address handed on to
 * anybody, no other site beside it in one process. Where the console is reached by https, browsers keep to it.
 */
export function answerHeaders({ isHttps }: { isHttps: boolean }): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Content-Security-Policy": FILE_POLICY,
    ...(isHttps ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

// The capture needs the camera on this origin; nothing else is asked for.
const PERMISSIONS =
  "camera=(self), accelerometer=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
  "microphone=(), midi=(), payment=(), usb=()";

const directives = (list: Record<string, string>): string =>
  Object.entries(list)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");

/**
 * For what is no page: opened by itself it may do nothing. The face detector's worker is such a file and lives by its
 * own policy, so it may load its parts and its weights from here.
 */
const FILE_POLICY = directives({
  "default-src": "'none'",
  "script-src": "'self'",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});

/**
 * What a page may load and do. Scripts are our built files and what carries the nonce of this one answer; nothing
 * typed, stored or injected can be one, and no text becomes one. Styles come from our files; `style` attributes are allowed, because
 * React writes lengths and colours of charts as such and an attribute has no way to carry a nonce. Development needs
 * more: React rebuilds stacks with eval, and styles and reloads arrive through the page.
 */
export function pagePolicy(nonce: string, { isDevelopment }: { isDevelopment: boolean }): string {
  return directives({
    "default-src": "'none'",
    "script-src": `'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src-elem": isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": isDevelopment ? "'self' ws:" : "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  });
}
