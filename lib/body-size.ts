/** Whether a request says, before anything of it is read, that its body is no larger. One that does not say is too large. */
export const saysAtMost = (request: Request, maxBytes: number): boolean =>
  Number(request.headers.get("content-length") ?? Number.NaN) <= maxBytes;
