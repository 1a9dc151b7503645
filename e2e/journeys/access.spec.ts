import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { requestBatches } from "#db/schema/request-batches.ts";
import { incidents } from "#db/schema/service-health.ts";
import { type ActionAnswer, callAction } from "#e2e/fixtures/call-action.ts";
import {
  CALLERS,
  type Caller,
  cookieOf,
  makeCaller,
  request,
  requestContent,
} from "#e2e/fixtures/callers.ts";
import { addressOf, builtActions, type ConsoleDoor, consoleDoors } from "#e2e/fixtures/console-doors.ts";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import {
  entriesBy,
  existingIds,
  fingerprints,
  listCustomIds,
  openInstallation,
} from "#e2e/fixtures/installation.ts";
import { asksProof, grantOf, type Permission } from "#lib/auth/policy.ts";
import { newId } from "#lib/ids.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";
import type { DoorKind } from "#scripts/architecture/doors.ts";

/** Every cell of the access table: what is tried is read from the source and the build, what must happen from the policy. */
const client = openInstallation();
const doors = consoleDoors();
const doorsOf = (wanted: DoorKind) => doors.filter(({ kind }) => kind === wanted);

test.beforeAll(async () => {
  const face = await facePicture("ana");
  const customId = `access-${Date.now()}`;
  await enrol(customId, face);
  await logIn(customId, face);
  await makeClosedList();
  await makeClosedIncident();
});
test.afterAll(() => client.close());

/** An incident that is over, so that its page has one to show wherever nothing failed so far. */
async function makeClosedIncident(): Promise<void> {
  const at = new Date();
  await client.db.insert(incidents).values({
    ...{ id: newId(), part: "api", openedAt: at, seenAt: at, closedAt: at },
    ...{ causes: ["server_error"], evidence: ["probes"], operations: ["verify"] },
  });
}

/** A list of requests that ended, so that its page has one to show and no worker goes on with it. */
async function makeClosedList(): Promise<void> {
  const at = new Date();
  await client.db.insert(requestBatches).values({
    id: newId(),
    name: `BULK-${at.getTime()}`,
    right: "erasure",
    regimes: ["lgpd"],
    state: "withdrawn",
    channel: "list",
    identityMethod: "known_contact",
    fileName: "list.csv",
    fileSha256: "ab".repeat(32),
    rows: 0,
    receivedAt: at,
    dueAt: at,
    openedBy: newId(),
    openedAt: at,
    closedAt: at,
  });
}

type Reason = "nobody" | "disabled" | "role" | "proof";

/** Why the policy refuses the caller; null where it lets them. */
function reasonOf({ name, role }: Caller, permission: Permission, isProofFresh: boolean): Reason | null {
  if (name === "nobody" || name === "disabled") return name;
  if (role === null || grantOf(role, permission) === null) return "role";
  return asksProof(role, permission) && !isProofFresh ? "proof" : null;
}

type Cell<Door> = { door: Door; isProofFresh: boolean; reason: Reason | null };

/** One cell per door, and a second one where a stale proof makes a difference. */
function cellsOf<Door extends { permissions: readonly Permission[] }>(caller: Caller, tried: Door[]) {
  return tried.flatMap((door): Cell<Door>[] => {
    const [fresh, stale] = [true, false].map((isProofFresh) => ({
      door,
      isProofFresh,
      reason:
        door.permissions
          .map((permission) => reasonOf(caller, permission, isProofFresh))
          .find((reason) => reason !== null) ?? null,
    }));
    if (!fresh || !stale) return [];
    return fresh.reason === stale.reason ? [fresh] : [fresh, stale];
  });
}

/** Tells what the log has gained of the caller since the last time it was asked. */
function followLog({ memberId }: Caller) {
  let seen = 0;
  return async () => {
    const entries = memberId === null ? [] : await entriesBy(client, memberId);
    const added = entries.slice(seen);
    seen = entries.length;
    return added;
  };
}

type Entries = Awaited<ReturnType<typeof entriesBy>>;

/** A refusal leaves one entry that says what was tried and why not, and nothing else; strangers leave none. */
function logTrouble(reason: Reason | null, permissions: readonly Permission[], added: Entries): string[] {
  const told = added.map(({ action, details }) => `${action} ${JSON.stringify(details)}`).join(", ");
  const refusals = added.filter(({ action, outcome }) => action === "action.refuse" && outcome === "refused");
  if (reason === null) return refusals.length === 0 ? [] : [`let through and logged as refused: ${told}`];
  if (reason === "nobody") return added.length === 0 ? [] : [`a stranger wrote to the audit log: ${told}`];
  const [details] = refusals.map((entry) => entry.details as { permission: Permission; because: string });
  const isWhole =
    added.length === 1 && details?.because === reason && permissions.includes(details.permission);
  return isWhole ? [] : [`refused for ${reason}, but the log says: ${told || "nothing"}`];
}

const CODES = { nobody: "signed_out", disabled: "signed_out", role: "forbidden", proof: "step_up_required" };
/** What an act answers to nonsense from whom it lets through. */
const LET_THROUGH = ["done", "invalid_input", "not_found", "conflict"];

function actionTrouble(reason: Reason | null, { status, result, rest }: ActionAnswer): string[] {
  if (status !== 200 || result === null) return [`answered ${status} without a result`];
  const code = result.ok ? "done" : result.error.code;
  if (reason === null) return LET_THROUGH.includes(code) ? [] : [`answered ${code}`];
  if (code !== CODES[reason]) return [`answered ${code} instead of ${CODES[reason]}`];
  const told = Object.keys(result.ok ? {} : result.error).sort();
  const mayTell = ["code", "requestId", ...(reason === "proof" ? ["stepUp"] : [])];
  const isBare = JSON.stringify(told) === JSON.stringify(mayTell) && rest === "";
  return isBare ? [] : [`told more than the refusal: ${told} ${rest}`];
}

for (const name of CALLERS) {
  test(`each action, called directly, answers ${name} by the policy`, async () => {
    const caller = await makeCaller(client, name);
    const newEntries = followLog(caller);
    const cells = cellsOf(
      caller,
      builtActions().map((action) => ({ ...action, permissions: [action.permission] })),
    );
    const isRefused = ({ reason }: (typeof cells)[number]) => reason !== null;
    const wrong: string[] = [];
    const attempt = async (cell: (typeof cells)[number], input: unknown, headers: Record<string, string>) => {
      const { door, reason, isProofFresh } = cell;
      const answer = await callAction(door, input, headers);
      const trouble = [
        ...actionTrouble(reason, answer),
        ...logTrouble(reason, door.permissions, await newEntries()),
      ];
      wrong.push(...trouble.map((text) => `${door.name} (${isProofFresh ? "fresh" : "stale"}): ${text}`));
    };

    // Ids of things that exist: whoever is refused must not learn that they do, and must not change them.
    const ids = await existingIds(client);
    const cookies = {
      fresh: await cookieOf(client, caller),
      stale: await cookieOf(client, caller, { isProofFresh: false }),
    };
    const before = await fingerprints(client);
    for (const cell of cells.filter(isRefused)) {
      await attempt(cell, ids, cell.isProofFresh ? cookies.fresh : cookies.stale);
    }
    expect(wrong).toEqual([]);
    expect(await fingerprints(client), "what refused calls changed").toEqual(before);

    // A session for each: some acts end the one they are called with.
    for (const cell of cells.filter((one) => !isRefused(one))) {
      const headers = await cookieOf(client, caller, { isProofFresh: cell.isProofFresh });
      await attempt(cell, { nonsense: "access" }, headers);
    }
    expect(wrong).toEqual([]);
  });
}

test("each loader that asks for a permission is reached by a page or a route tried here", () => {
  const callers = [...doorsOf("page"), ...doorsOf("route")].map(({ path }) => readFileSync(path, "utf8"));
  const unreached = doorsOf("loader")
    .filter(({ name }) => !callers.some((text) => text.includes(`${name}(`)))
    .map(({ path, name }) => `${path}#${name}`);
  expect(unreached).toEqual([]);
});

test("a stranger's tries stand in the console's log", async () => {
  const actions = builtActions();
  const told = async () => {
    const text = await readFile(join(readJourneySettings().stateDir, "logs/console.log"), "utf8");
    return text.split("an action was refused: nobody is signed in").length - 1;
  };
  const before = await told();
  for (const action of actions) await callAction(action, {}, {});
  await expect.poll(told).toBe(before + actions.length);
});

/** The door's address, with ids in the place of its parameters: of things that exist, or of nothing. */
const pathOf = ({ path }: ConsoleDoor, ids: Record<string, string>): string =>
  addressOf(path).replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, field: string) => ids[field] ?? newId());

const isToSignIn = (response: Response, text: string): boolean =>
  (response.status === 307 && (response.headers.get("location") ?? "").startsWith("/sign-in")) ||
  // A page that has begun to load tells the browser itself, its content the router.
  (response.status === 200 && /http-equiv="refresh" content="\d;url=\/sign-in/.test(text)) ||
  text.includes("NEXT_REDIRECT;replace;/sign-in");
const isForbidden = ({ status }: Response, text: string): boolean =>
  status === 403 || text.includes("NEXT_HTTP_ERROR_FALLBACK;403");

async function pageTrouble(reason: Reason | null, response: Response, customIds: string[]) {
  const text = await response.text();
  const isRefused = isToSignIn(response, text) || isForbidden(response, text);
  if (reason === null) return response.status === 200 && !isRefused ? [] : [`answered ${response.status}`];
  const isRight = reason === "role" ? isForbidden(response, text) : isToSignIn(response, text);
  if (!isRight) return [`answered ${response.status} to one refused for ${reason}`];
  return customIds.some((customId) => text.includes(customId)) ? ["named a person"] : [];
}

async function routeTrouble(reason: Reason | null, response: Response) {
  const text = await response.text();
  const { status } = response;
  if (reason === null) return status === 401 || status === 403 || status >= 500 ? [`answered ${status}`] : [];
  const expected = reason === "nobody" || reason === "disabled" ? 401 : 403;
  return status === expected && text === "" ? [] : [`answered ${status} "${text}" instead of ${expected}`];
}

for (const name of CALLERS) {
  test(`each page, opened directly or by a link, answers ${name} by the policy`, async () => {
    const caller = await makeCaller(client, name);
    const newEntries = followLog(caller);
    const customIds = await listCustomIds(client);
    const ids = await existingIds(client);
    const wrong: string[] = [];
    // A page only shows: the acts on it ask for a proof.
    const shown = cellsOf(caller, doorsOf("page")).filter((cell) => cell.isProofFresh);
    for (const { door, reason, isProofFresh } of shown) {
      const headers = await cookieOf(client, caller, { isProofFresh });
      // Who is refused hears the same of what exists and of what does not.
      for (const known of reason === null ? [ids] : [ids, {}]) {
        const path = pathOf(door, known);
        for (const ask of [() => request(path, { headers }), () => requestContent(path, headers)]) {
          const trouble = [
            ...(await pageTrouble(reason, await ask(), customIds)),
            ...logTrouble(reason, door.permissions, await newEntries()),
          ];
          wrong.push(...trouble.map((text) => `${addressOf(door.path)}: ${text}`));
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test(`each route, called directly, answers ${name} by the policy`, async () => {
    const caller = await makeCaller(client, name);
    const newEntries = followLog(caller);
    const ids = await existingIds(client);
    const wrong: string[] = [];
    for (const { door, reason, isProofFresh } of cellsOf(caller, doorsOf("route"))) {
      const headers = await cookieOf(client, caller, { isProofFresh });
      for (const known of reason === null ? [ids] : [ids, {}]) {
        const response = await request(pathOf(door, known), { method: door.name, headers });
        const trouble = [
          ...(await routeTrouble(reason, response)),
          ...logTrouble(reason, door.permissions, await newEntries()),
        ];
        wrong.push(...trouble.map((text) => `${door.name} ${addressOf(door.path)}: ${text}`));
      }
    }
    expect(wrong).toEqual([]);
  });
}
