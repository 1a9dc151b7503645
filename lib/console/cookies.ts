/**
 * The name of a cookie of this host alone. By https it begins with `__Host-`: browsers then take it from this very
 * host only, for the whole of it, and never over a plain connection.
 */
export const hostCookie = (name: string, isHttps: boolean): string => (isHttps ? `__Host-${name}` : name);

/** The same for a cookie that is sent to one path alone, which the stricter name does not allow. */
export const pathCookie = (name: string, isHttps: boolean): string => (isHttps ? `__Secure-${name}` : name);
