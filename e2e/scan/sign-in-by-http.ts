export type Cookies = Readonly<Record<string, string>>;

const headerOf = (cookies: Cookies): string =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");

/** Signs a member in as the sign-in page does; returns the cookies a browser would then hold. */
export async function signInByHttp(
  consoleUrl: string,
  member: { email: string; password: string },
): Promise<Cookies> {
  const held: Record<string, string> = {};
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      held[name] = value;
    }
  };
  const asked = await fetch(new URL("/api/auth/csrf", consoleUrl));
  keep(asked);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(new URL("/api/auth/callback/credentials", consoleUrl), {
    method: "POST",
    headers: { cookie: headerOf(held), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...member, csrfToken, json: "true" }).toString(),
  });
  keep(answer);
  if (!(await isSignedIn(consoleUrl, held))) throw new Error(`Nobody is signed in: ${await answer.text()}`);
  return held;
}

/** Whether these cookies open a page of the console. */
export async function isSignedIn(consoleUrl: string, cookies: Cookies): Promise<boolean> {
  const page = await fetch(new URL("/people", consoleUrl), {
    headers: { cookie: headerOf(cookies) },
    redirect: "manual",
  });
  await page.body?.cancel();
  return page.status === 200;
}
