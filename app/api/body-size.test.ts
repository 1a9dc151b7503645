import { expect, test, vi } from "vitest";

vi.mock("server-only", () => ({}));
vi.mock("next-auth", () => ({ default: () => async () => new Response(null, { status: 200 }) }));
vi.mock("#lib/auth/auth-options.ts", () => ({ authOptions: () => ({}) }));

const { POST: keepPreferences } = await import("./preferences/route.ts");
const { POST: signIn } = await import("./auth/[...nextauth]/route.ts");

const context = { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) };
const DOORS = [
  ["the preferences", (request: Request) => keepPreferences(request)],
  ["the sign-in", (request: Request) => signIn(request, context)],
] as const;

/** A body of this type whose sender says this length; null says nothing. */
function sent(length: number | null, body: string, type = "application/x-www-form-urlencoded"): Request {
  const headers = { "content-type": type, ...(length === null ? {} : { "content-length": String(length) }) };
  return new Request("http://console.invalid/api", { method: "POST", headers, body });
}

test.each(DOORS)("nobody can make %s read a body of any size", async (_, post) => {
  for (const length of [16 * 1024 + 1, 5_000_000_000, null]) {
    const request = sent(length, "theme=dark");
    expect((await post(request)).status).toBe(413);
    expect(request.bodyUsed).toBe(false);
  }
});

test("a sign-in of the usual size is let through", async () => {
  expect((await signIn(sent(100, "email=a"), context)).status).toBe(200);
});

test.each([
  ["application/json", "{}"],
  ["multipart/form-data; boundary=none", "nothing"],
  ["application/x-www-form-urlencoded", "theme=purple"],
])("preferences that are none are refused, not failed on: %s %s", async (type, body) => {
  expect((await keepPreferences(sent(body.length, body, type))).status).toBe(400);
});

test.each(["_log", "verify-request", "anything"])(
  "nobody gets at what signing in does not need: %s",
  async (door) => {
    const context = { params: Promise.resolve({ nextauth: [door] }) };
    expect((await signIn(sent(10, "code=x"), context)).status).toBe(404);
  },
);
