import { expect, test } from "vitest";
import { eventsFor, toldOf } from "./rules.ts";
import { targetSchema } from "./schema.ts";

const target = { name: "On call", events: ["audit.checkpoint_signed"], locale: "en" };

test("a checkpoint every few minutes is offered to machines and never to a mailbox", () => {
  const webhook = { ...target, kind: "webhook", address: "https://receiver.example" };
  const mailbox = { ...target, kind: "email", address: "oncall@company.example" };
  expect(targetSchema.safeParse(webhook).success).toBe(true);
  expect(targetSchema.safeParse(mailbox).success).toBe(false);
  expect(targetSchema.safeParse({ ...mailbox, events: ["incident.opened"] }).success).toBe(true);
  expect(eventsFor("webhook")).toContain("audit.checkpoint_signed");
  expect(eventsFor("email")).not.toContain("audit.checkpoint_signed");
});

test("a target that is told everything of a matter is said to be told the matter", () => {
  const offered = eventsFor("email");
  const lists = offered.filter((event) => event.startsWith("request_list."));
  expect(toldOf([...lists, "policy.changed"], offered)).toEqual(["group.lists", "event.policy.changed"]);
  expect(toldOf(lists.slice(1), offered)).toHaveLength(lists.length - 1);
  expect(toldOf(offered, offered)).toContain("group.audit");
});
