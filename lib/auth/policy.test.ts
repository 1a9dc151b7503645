import { expect, test } from "vitest";
import { ROLES } from "#lib/members/schema.ts";
import { grantOf, type Permission, POLICY } from "./policy.ts";

const PERMISSIONS = Object.keys(POLICY) as Permission[];

test("every role and act has exactly the grant of the access table", () => {
  const table = Object.fromEntries(
    PERMISSIONS.map((permission) => [permission, ROLES.map((role) => grantOf(role, permission))]),
  );
  expect(table).toEqual({
    //                     administrator  compliance officer  product manager  viewer
    "session.end": ["full", "full", "full", "full"],
    "overview.read": ["full", "full", "full", "small_hidden"],
    "people.search": ["full", "full", null, "masked"],
    "person.view": ["full", "full", null, "masked"],
    "person.verify": ["full", null, null, null],
    "person.recapture": ["full", null, null, null],
    "verifications.read": ["full", "full", "figures", "no_identifiers"],
    "applications.read": ["full", null, "full", null],
    "applications.change": ["full", null, null, null],
    "policies.read": ["full", null, "full", null],
    "policies.change": ["full", null, null, null],
    "retention.read": ["full", "full", null, null],
    "retention.change": ["full", null, null, null],
    "notifications.read": ["full", null, null, null],
    "notifications.change": ["full", null, null, null],
    "sample_data.remove": ["full", null, null, null],
    "rollout.halt": ["full", "full", "full", null],
  });
});

test("a product manager and a viewer never get a person in full", () => {
  for (const permission of ["people.search", "person.view", "person.verify", "person.recapture"] as const) {
    expect(grantOf("product_manager", permission)).toBeNull();
    expect(grantOf("viewer", permission)).not.toBe("full");
  }
});
