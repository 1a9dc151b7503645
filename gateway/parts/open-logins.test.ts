import { expect, test } from "vitest";
import { newIdAt, timeOfId } from "#lib/ids.ts";
import type { OpenLogin } from "#lib/logins/types.ts";
import { sampleLogin } from "#lib/recording/testing/sample-events.ts";
import { createOpenLogins } from "./open-logins.ts";

const start = new Date("2026-03-13T12:00:00Z");

function loginAt(at: Date): OpenLogin {
  const id = newIdAt(at);
  const opened = { ...sampleLogin(at), id, openedAt: timeOfId(id) };
  return { opened, customId: "c", attemptsUsed: 0, closed: false, pathEnded: false, fallbackReason: null };
}

test("a login is remembered for as long as it may stay open, and no longer", () => {
  let now = start;
  const logins = createOpenLogins({ clock: () => now, openMinutes: () => 10 });
  const login = loginAt(start);
  logins.remember(login);
  now = new Date(start.getTime() + 10 * 60_000);
  expect(logins.recall(login.opened.id)).toBe(login);
  now = new Date(now.getTime() + 1);
  expect(logins.recall(login.opened.id)).toBeNull();
});

test("the oldest are forgotten first when there are too many", () => {
  const logins = createOpenLogins({ clock: () => start, openMinutes: () => 10, most: 2 });
  const three = [loginAt(start), loginAt(start), loginAt(start)];
  for (const login of three) logins.remember(login);
  expect(three.map(({ opened }) => logins.recall(opened.id) !== null)).toEqual([false, true, true]);
});
