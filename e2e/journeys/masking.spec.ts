import { expect, test } from "@playwright/test";
import { callAction } from "#e2e/fixtures/call-action.ts";
import { cookieOf, makeCaller, request, requestContent } from "#e2e/fixtures/callers.ts";
import { addressOf, builtActions, consoleDoors } from "#e2e/fixtures/console-doors.ts";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { listCustomIds, openInstallation } from "#e2e/fixtures/installation.ts";
import { grantOf } from "#lib/auth/policy.ts";
import type { Role } from "#lib/members/schema.ts";

const client = openInstallation();
const CUSTOM_ID = `masking-${Date.now()}`;

test.beforeAll(async () => {
  const face = await facePicture("ana");
  await enrol(CUSTOM_ID, face);
  await logIn(CUSTOM_ID, face);
  await client.sql`
    insert into early_adopters (custom_id, added_by, added_at) values (${CUSTOM_ID}, gen_random_uuid(), now())`;
});
test.afterAll(async () => {
  await client.sql`delete from early_adopters where custom_id = ${CUSTOM_ID}`;
  await client.close();
});

const LATEST = 12;

async function latest(table: string): Promise<string[]> {
  const rows = await client.sql<
    { id: string }[]
  >`select id from ${client.sql(table)} order by id desc limit ${LATEST}`;
  return rows.map(({ id }) => id);
}

/** Every page the role may open; of people and verifications the latest ones. */
async function pathsOf(role: Role): Promise<string[]> {
  const ids: Record<string, string[]> = {
    personId: await latest("people"),
    verificationId: await latest("verifications"),
    requestId: await latest("data_requests"),
  };
  return consoleDoors()
    .filter(
      ({ kind, permissions }) => kind === "page" && permissions.every((one) => grantOf(role, one) !== null),
    )
    .flatMap(({ path }) => {
      const address = addressOf(path);
      const [whole, field = ""] = /\[(\w+)\]/.exec(address) ?? [];
      return whole === undefined ? [address] : (ids[field] ?? []).map((id) => address.replace(whole, id));
    });
}

/** A page as a browser gets it at first, and as it comes by a link. */
async function sentTo(headers: Record<string, string>, path: string): Promise<string[]> {
  const page = await request(path, { headers });
  const content = await requestContent(path, headers);
  expect([path, page.status, content.status]).toEqual([path, 200, 200]);
  expect(content.headers.get("content-type")).toContain("text/x-component");
  return [await page.text(), await content.text()];
}

async function sentToRole(role: Role) {
  const caller = await makeCaller(client, role);
  const headers = await cookieOf(client, caller);
  const sent: { path: string; text: string }[] = [];
  for (const path of await pathsOf(role)) {
    for (const text of await sentTo(headers, path)) sent.push({ path, text });
  }
  return sent;
}

const found = (sent: { path: string; text: string }[], wanted: readonly string[]): string[] =>
  sent.flatMap(({ path, text }) =>
    wanted.filter((one) => text.includes(one)).map((one) => `${path}: ${one}`),
  );

test("what is sent to an administrator names people, so that this search can find them", async () => {
  const sent = await sentToRole("administrator");
  for (const way of [0, 1]) {
    const half = sent.filter((_, place) => place % 2 === way);
    const paths = new Set(found(half, [CUSTOM_ID]).map((line) => line.split(":")[0]?.split("/")[1]));
    expect([...paths]).toEqual(expect.arrayContaining(["people", "verifications", "rollout"]));
  }
});

test("nothing that is sent to a viewer names a person, and no row of a verification leads to one", async () => {
  const sent = await sentToRole("viewer");
  expect(sent.some(({ path }) => path.startsWith("/people/"))).toBe(true);
  expect(sent.some(({ path }) => path.startsWith("/verifications/"))).toBe(true);
  expect(found(sent, await listCustomIds(client))).toEqual([]);
  const rows = sent.filter(({ path }) => path === "/" || path.startsWith("/verifications"));
  expect(found(rows, await latest("people"))).toEqual([]);
});

test("nothing that is sent to a product manager names a person, a login or a verification", async () => {
  const sent = await sentToRole("product_manager");
  expect(sent.some(({ path }) => path === "/verifications")).toBe(true);
  const ids = (await Promise.all(["people", "logins", "verifications"].map(latest))).flat();
  expect(found(sent, [...(await listCustomIds(client)), ...ids])).toEqual([]);
});

test("a viewer who types a whole CustomID finds the person, and is sent no more of it than its end", async () => {
  const headers = await cookieOf(client, await makeCaller(client, "viewer"));
  const filters = { enrolled: null, since: null, path: null, status: null };
  const inputs: Record<string, object> = {
    searchPeopleAction: { text: CUSTOM_ID, filters, purpose: "own_check" },
    findListedPeopleAction: { customIds: [CUSTOM_ID], purpose: "own_check" },
  };
  const tried = builtActions().flatMap((action) => {
    const input = inputs[action.name.split("#")[1] ?? ""];
    return input ? [{ action, input }] : [];
  });
  expect(tried).toHaveLength(Object.keys(inputs).length);
  for (const { action, input } of tried) {
    const { result, rest } = await callAction(action, input, headers);
    const text = JSON.stringify(result) + rest;
    expect(text).toContain(`••••${CUSTOM_ID.slice(-4)}`);
    expect(text).not.toContain(CUSTOM_ID);
  }
});
