import { beforeEach, expect, test, vi } from "vitest";

const world = vi.hoisted(() => ({ isHttps: true, set: [] as unknown[][] }));

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => ({
  cookies: async () => ({ set: (...kept: unknown[]) => world.set.push(kept) }),
}));
vi.mock("#lib/console/runtime.ts", () => ({ consoleSettings: () => ({ isHttps: world.isHttps }) }));

const { POST: keepPreferences } = await import("./preferences/route.ts");
const { authCookies } = await import("#lib/auth/auth-cookies.ts");
const { hostCookie, pathCookie } = await import("#lib/console/cookies.ts");

beforeEach(() => {
  world.set.splice(0);
});

test("by https every cookie of signing in belongs to this host alone, and travels by https alone", () => {
  const cookies = Object.values(authCookies(true));
  expect(cookies).toHaveLength(6);
  for (const { name, options } of cookies) {
    expect(name).toMatch(/^__Host-next-auth\./);
    expect(options).toMatchObject({ httpOnly: true, secure: true, sameSite: "lax", path: "/" });
    expect(options).not.toHaveProperty("domain");
  }
});

test("on a trial without https the same cookies work under plain names, and no script reads them either", () => {
  for (const { name, options } of Object.values(authCookies(false))) {
    expect(name).toMatch(/^next-auth\./);
    expect(options).toMatchObject({ httpOnly: true, secure: false });
  }
});

test.each([
  [true, "__Host-gatehouse.theme"],
  [false, "gatehouse.theme"],
])("a preference is kept like that too; by https: %s", async (isHttps, name) => {
  world.isHttps = isHttps;
  const body = "theme=dark";
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(body.length),
  };
  const request = new Request("http://console.invalid/api", { method: "POST", headers, body });
  expect((await keepPreferences(request)).status).toBe(303);
  expect(world.set).toEqual([
    [name, "dark", expect.objectContaining({ httpOnly: true, secure: isHttps, sameSite: "lax", path: "/" })],
  ]);
});

test("a cookie of one path takes the strictest name that allows one", () => {
  expect(pathCookie("gatehouse.known-browser", true)).toBe("__Secure-gatehouse.known-browser");
  expect(hostCookie("gatehouse.theme", false)).toBe("gatehouse.theme");
});
