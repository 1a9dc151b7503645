import { expect, test } from "vitest";
import { ROLES } from "#lib/members/schema.ts";
import { asksProof, grantOf, type Permission, POLICY } from "./policy.ts";

const PERMISSIONS = Object.keys(POLICY) as Permission[];
const EVERYONE = ["full", "full", "full", "full"];
const NOBODY = [null, null, null, null];
const GATEWAY = [
  "enrolment.create",
  "enrolment.replace",
  "login.open",
  "login.verify",
  "login.close",
  "login.report",
  "pictures.compare",
  "request.pass_on",
  "request.follow",
];

test("every role and act has exactly the grant of the access table", () => {
  const table = Object.fromEntries(
    PERMISSIONS.map((permission) => [permission, ROLES.map((role) => grantOf(role, permission))]),
  );
  expect(table).toEqual({
    //                     administrator  compliance officer  product manager  viewer
    "session.end": EVERYONE,
    "account.read": EVERYONE,
    "account.set_up": EVERYONE,
    "account.change": EVERYONE,
    "overview.read": ["full", "full", "full", "small_hidden"],
    "fallback.read": ["full", "full", "full", "small_hidden"],
    "service_health.read": ["full", "full", "full", "small_hidden"],
    "people.search": ["full", "full", null, "masked"],
    "people.export": ["full", "full", null, null],
    "person.view": ["full", "full", null, "masked"],
    "person.verify": ["full", null, null, null],
    "person.recapture": ["full", null, null, null],
    "person.delete": ["full", null, null, null],
    "verifications.read": ["full", "full", "figures", "no_identifiers"],
    "verification.view": ["full", "full", null, "no_identifiers"],
    "verifications.export": ["full", "full", "figures", null],
    "views.change": EVERYONE,
    "request.read": ["full", "full", null, null],
    "request.open": ["full", "full", null, null],
    "request.withdraw": ["full", "full", null, null],
    "request.assess": [null, "full", null, null],
    "request.decide": ["full", "full", null, null],
    "request.capture": ["full", "full", null, null],
    "request.steer": ["full", "full", null, null],
    "hold.place": ["full", "full", null, null],
    "hold.release": ["full", "full", null, null],
    "person.unblock": ["full", "full", null, null],
    "people.import": ["full", null, null, null],
    "rollout.read": EVERYONE,
    "rollout.change": [null, null, "full", null],
    "rollout.advance_past_half": [null, null, "full", null],
    "rollout.change_plan": [null, null, "full", null],
    "rollout.halt": ["full", "full", "full", null],
    "rollout.release_halt": ["full", null, "full", null],
    "early_adopters.read": ["full", "full", "masked", "masked"],
    "early_adopters.change": [null, null, "full", null],
    "rollout.settle_templates": [null, "full", "full", null],
    "false_accept.report": ["full", "full", "full", null],
    "legacy_probe.change": ["full", null, "full", null],
    "integration.read": EVERYONE,
    "integration.run": ["full", null, null, null],
    "campaign.change": ["full", null, null, null],
    "incident.report": ["full", "full", "full", null],
    "circuit.change": ["full", null, null, null],
    "applications.read": ["full", null, "full", null],
    "applications.change": ["full", null, null, null],
    "policies.read": ["full", null, "full", null],
    "policies.change": ["full", null, null, null],
    "retention.read": ["full", "full", null, null],
    "retention.change": ["full", null, null, null],
    "notifications.read": ["full", null, null, null],
    "notifications.change": ["full", null, null, null],
    "members.read": ["full", null, null, null],
    "members.change": ["full", null, null, null],
    "audit.read": ["own_area", "full", "own_area", null],
    "audit.verify": ["full", "full", null, null],
    "audit.export": [null, "full", null, null],
    "sample_data.remove": ["full", null, null, null],
    ...Object.fromEntries(GATEWAY.map((permission) => [permission, NOBODY])),
  });
});

test("an application may make the gateway's calls and nothing of the console", () => {
  const given = PERMISSIONS.filter((permission) => grantOf("application", permission) !== null);
  expect(given).toEqual(GATEWAY);
});

test("exactly the dangerous acts ask for a proof, and only of who gets them in full", () => {
  const asked = PERMISSIONS.filter((permission) => ROLES.some((role) => asksProof(role, permission)));
  expect(asked.sort()).toEqual([
    "account.change",
    "applications.change",
    "audit.export",
    "campaign.change",
    "circuit.change",
    "hold.release",
    "legacy_probe.change",
    "members.change",
    "notifications.change",
    "people.export",
    "people.import",
    "person.delete",
    "person.unblock",
    "policies.change",
    "request.decide",
    "retention.change",
    "rollout.advance_past_half",
    "rollout.change_plan",
    "rollout.release_halt",
    "rollout.settle_templates",
    "sample_data.remove",
    "verifications.export",
  ]);
  expect(asksProof("product_manager", "verifications.export")).toBe(false);
});

test("a product manager and a viewer never get a person in full", () => {
  for (const permission of ["people.search", "person.view", "person.verify", "person.recapture"] as const) {
    expect(grantOf("product_manager", permission)).toBeNull();
    expect(grantOf("viewer", permission)).not.toBe("full");
  }
});
