import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { APIResponse, Page, Request } from "@playwright/test";
import { addressOf, builtActions } from "#e2e/fixtures/console-doors.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { consoleUrl, gatewayUrl, sandboxUrl } = readJourneySettings();

const PAGES = [
  ...["/", "/people", "/verifications", "/settings/applications", "/settings/policies"],
  ...["/settings/retention", "/settings/notifications", "/sample", "/nobody-made-this"],
];
const EVIL = "http://evil.example";

const directive = (policy: string, name: string): string =>
  policy
    .split("; ")
    .find((one) => one.startsWith(`${name} `))
    ?.slice(name.length + 1) ?? "";

const policyOf = (answer: APIResponse): string => answer.headers()["content-security-policy"] ?? "";

test("every page may run our files and what carries the nonce of this one answer, and is kept by nobody", async ({
  console: page,
}) => {
  for (const path of PAGES) {
    const [first, second] = [await page.request.get(path), await page.request.get(path)];
    const scripts = directive(policyOf(first), "script-src");
    expect([path, scripts]).toEqual([path, expect.stringMatching(/^'self' 'nonce-[A-Za-z0-9+/]{22}=='$/)]);
    expect(directive(policyOf(second), "script-src"), path).not.toBe(scripts);
    expect(directive(policyOf(first), "default-src")).toBe("'none'");
    expect(directive(policyOf(first), "style-src-elem")).not.toContain("unsafe");
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1];
    const tags = (await first.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(tags.length, path).toBeGreaterThan(3);
    expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(first.headers()["cache-control"], path).toContain("no-store");
  }
});

test("what gets into a page by mistake neither runs nor sends anything away", async ({
  console: page,
  watch,
}) => {
  watch.expect(/Content Security Policy|Refused to|violates/);
  await page.goto("/");
  const told = await page.evaluate(async () => {
    const stopped = new Set<string>();
    document.addEventListener("securitypolicyviolation", (event) => stopped.add(event.effectiveDirective));
    const place = document.createElement("div");
    document.body.append(place);
    place.innerHTML = `
      <img src="data:," onerror="document.title = 'ran'">
      <a href="javascript:document.title = 'ran'" id="trap">trap</a>
      <iframe srcdoc="<script>parent.document.title = 'ran'</script>"></iframe>
      <iframe src="https://evil.example/"></iframe>
      <style>body { background: url(https://evil.example/seen) }</style>
      <form action="https://evil.example/" id="form"><input name="a"></form>
      <object data="https://evil.example/"></object>`;
    document.getElementById("trap")?.click();
    (document.getElementById("form") as HTMLFormElement).requestSubmit();
    const inline = document.createElement("script");
    inline.textContent = "document.title = 'ran'";
    const elsewhere = document.createElement("script");
    elsewhere.src = "data:text/javascript,document.title = 'ran'";
    document.body.append(inline, elsewhere);
    const base = document.createElement("base");
    base.href = "https://evil.example/";
    document.head.append(base);
    const sent = await fetch("https://evil.example/").then(
      () => "sent",
      () => "stopped",
    );
    // What the test itself runs may evaluate text; what it leaves behind for later may not.
    await new Promise((resolve) => setTimeout(() => resolve(setTimeout("document.title = 'ran'", 0)), 0));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { stopped: [...stopped].sort(), sent, title: document.title };
  });
  expect(told.sent).toBe("stopped");
  expect(told.title).not.toBe("ran");
  expect(told.stopped).toEqual(
    expect.arrayContaining([
      ...["base-uri", "connect-src", "form-action", "frame-src", "object-src"],
      ...["script-src", "script-src-attr", "script-src-elem", "style-src-elem"],
    ]),
  );
});

/** An action as the browser sends it: the palette's search. */
async function catchAction(page: Page): Promise<Request> {
  await page.goto("/verifications");
  const box = page.getByRole("combobox", { name: "Find a person, a request or a page" });
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(box).toBeFocused({ timeout: 1_000 });
  }).toPass();
  const asked = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  await box.fill("sample-nobody");
  return asked;
}

test("an action is taken from the console's own pages and refused from any other", async ({
  console: page,
}) => {
  const action = await catchAction(page);
  const names = ["next-action", "content-type", "next-router-state-tree", "accept"];
  const kept = Object.entries(action.headers()).filter(([name]) => names.includes(name));
  const send = (more: Record<string, string>) =>
    page.request.post(action.url(), {
      headers: { ...Object.fromEntries(kept), ...more },
      data: action.postDataBuffer() ?? "",
    });
  const own = { origin: consoleUrl, "sec-fetch-site": "same-origin" };
  const taken = await send(own);
  expect(taken.status()).toBe(200);
  expect(await taken.text()).toContain('"ok":true');
  for (const foreign of [
    { origin: EVIL, "sec-fetch-site": "cross-site" },
    { origin: sandboxUrl, "sec-fetch-site": "same-site" },
    { origin: EVIL },
    { origin: "null" },
  ]) {
    expect((await send(foreign)).status(), JSON.stringify(foreign)).toBe(403);
  }
  // Past the door Next asks once more by itself.
  const past = await send({ origin: EVIL, "sec-fetch-site": "same-origin" });
  expect(past.status()).toBe(500);
  expect(await past.text()).not.toContain('"ok":true');
});

/** Every route of the console that is written to, by its file; what varies in an address is any word. */
function writtenRoutes(): string[] {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
    /route\.ts$/.test(file),
  );
  return files
    .filter((file) => /\bPOST\b/.test(readFileSync(join("app", file), "utf8")))
    .map((file) => addressOf(`app/${file}`).replace(/\[[^\]]*\]/g, "any"));
}

test("every action and route that is written to refuses another site, and says nothing", async ({
  console: page,
}) => {
  const routes = writtenRoutes();
  expect(routes).toEqual(expect.arrayContaining(["/api/preferences", "/api/auth/any", "/sample/api/logins"]));
  const actions = builtActions();
  expect(actions.length).toBeGreaterThan(20);
  const targets: [string, Record<string, string>][] = [
    ...routes.map((route): [string, Record<string, string>] => [route, {}]),
    ...actions.map(({ id }): [string, Record<string, string>] => ["/people", { "next-action": id }]),
  ];
  for (const [path, more] of targets) {
    const foreign = { origin: EVIL, "sec-fetch-site": "cross-site", "content-type": "application/json" };
    const answer = await page.request.post(path, { headers: { ...foreign, ...more }, data: "[]" });
    expect([path, more, answer.status()]).toEqual([path, more, 403]);
    expect(answer.headers()["set-cookie"]).toBeUndefined();
    expect(answer.headers()["access-control-allow-origin"]).toBeUndefined();
  }
});

test("another site's page cannot change a setting or sign anybody out in a browser that is signed in", async ({
  console: page,
  watch,
}) => {
  watch.expect(/403|evil\.example|ERR_BLOCKED_BY/);
  const attack = `<form method="post" action="${consoleUrl}/api/preferences"><input name="theme" value="dark"></form>
    <form method="post" action="${consoleUrl}/api/auth/signout"><input name="csrfToken" value="x"></form>`;
  await page
    .context()
    .route(`${EVIL}/**`, (route) => route.fulfill({ contentType: "text/html", body: attack }));
  for (const form of [0, 1]) {
    await page.goto(`${EVIL}/`);
    const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
    await page.evaluate((number) => document.forms.item(number)?.submit(), form);
    expect((await refused).status()).toBe(403);
    await expect(page.getByText("came from another site and was refused")).toBeVisible();
  }
  await page.goto("/people");
  await expect(page).toHaveURL("/people");
  const names = (await page.context().cookies(consoleUrl)).map(({ name }) => name);
  expect(names.filter((name) => name.includes("theme"))).toEqual([]);
});

test("no cookie is within reach of a script, and none follows what another site asks for", async ({
  console: page,
}) => {
  await page.goto("/people");
  await page.request.post("/api/preferences", {
    form: { theme: "light", locale: "en" },
    maxRedirects: 0,
  });
  const kept = await page.context().cookies();
  expect(kept.length).toBeGreaterThanOrEqual(4);
  for (const { name, httpOnly, sameSite } of kept) {
    expect([name, httpOnly, sameSite]).toEqual([name, true, expect.stringMatching(/^(Lax|Strict)$/)]);
  }
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("an answer that is an error carries the same headers, and leads nowhere else", async ({
  console: page,
}) => {
  const large = "x".repeat(20_000);
  const answers: [string, number, APIResponse][] = [
    ["an unknown page", 404, await page.request.get("/nobody-made-this")],
    ["an unknown route", 404, await page.request.get("/api/nobody-made-this")],
    ["a person nobody knows", 404, await page.request.get("/people/00000000-0000-7000-8000-000000000000")],
    ["too large a body", 413, await page.request.post("/api/preferences", { form: { theme: large } })],
    ["a body that is none", 400, await page.request.post("/api/preferences", { data: "{}" })],
    ["another method", 405, await page.request.delete("/api/preferences")],
    [
      "a path of another host",
      308,
      await page.request.get(`${consoleUrl}//evil.example`, { maxRedirects: 0 }),
    ],
  ];
  for (const [what, status, answer] of answers) {
    expect([what, answer.status()]).toEqual([what, status]);
    expect([what, answer.headers()]).toEqual([
      what,
      expect.objectContaining({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      }),
    ]);
    expect(answer.headers().location ?? "/").toMatch(/^\/(?!\/)/);
    expect(answer.headers()).not.toHaveProperty("x-powered-by");
  }
});

test("built files are kept for good, and the detector's weights for a day", async ({ console: page }) => {
  const html = await (await page.request.get("/")).text();
  const script = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0] ?? "";
  const cacheOf = async (path: string) => (await page.request.get(path)).headers()["cache-control"];
  expect(await cacheOf(script)).toBe("public, max-age=31536000, immutable");
  expect(await cacheOf("/models/tiny_face_detector_model.bin")).toBe("public, max-age=86400");
});

test("the pages of the gateway and of the local API work under policies of their own", async ({
  browser,
}) => {
  const page = await browser.newPage();
  const noise: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") noise.push(message.text());
  });
  await page.goto(`${gatewayUrl}/docs`);
  const call = page.getByText("/v1/logins", { exact: true }).first();
  await call.click();
  await expect(page.getByRole("button", { name: "Try it out" }).first()).toBeVisible();
  await page.goto(sandboxUrl);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCSS("font-weight", "600");
  expect(noise).toEqual([]);
  await page.close();
});
