import { expect, test } from "vitest";
import { readClaims, roleOf } from "./claims.ts";

const MAPPING = [
  { value: "it", role: "administrator" },
  { value: "heads", role: "administrator" },
  { value: "audit", role: "compliance_officer" },
  { value: "product", role: "product_manager" },
  { value: "all", role: "viewer" },
] as const;

test.each([
  [["it"], "administrator"],
  [["heads", "it"], "administrator"],
  [["all", "product"], "product_manager"],
  [["all", "audit"], "compliance_officer"],
  [["it", "audit"], "both_roles"],
  [["IT"], "no_role"],
  [["administrator"], "no_role"],
  [[], "no_role"],
])("the values %j give %s", (values, role) => {
  expect(roleOf(values, MAPPING)).toBe(role);
});

const RAW = { iss: "https://id.example", sub: "u1", email: " Ana@Company.example ", email_verified: true };

test("claims are read as far as they are asked for", () => {
  expect(
    readClaims({ ...RAW, name: " Ana ", groups: ["it", "all"], auth_time: 1_773_403_200, more: 1 }, "groups"),
  ).toEqual({
    issuer: "https://id.example",
    subject: "u1",
    email: "ana@company.example",
    isEmailVerified: true,
    name: "Ana",
    roles: ["it", "all"],
    authTime: new Date("2026-03-13T12:00:00.000Z"),
  });
});

test.each([
  ["one value", { role: "it" }, "role", ["it"]],
  ["a path", { realm_access: { roles: ["it"] } }, "realm_access.roles", ["it"]],
  ["a name with dots", { "https://company.example/roles": ["it"] }, "https://company.example/roles", ["it"]],
  ["nothing", {}, "roles", []],
  ["something else", { roles: { it: true } }, "roles", []],
  ["numbers", { roles: [1] }, "roles", []],
])("roles from %s", (_, more, name, roles) => {
  expect(readClaims({ ...RAW, ...more }, name).roles).toEqual(roles);
});

test.each([
  [{ email_verified: "true" }, true],
  [{ email_verified: "false" }, false],
  [{ email_verified: 1 }, false],
  [{ email_verified: undefined }, false],
])("an address with %j counts as verified: %s", (more, verified) => {
  expect(readClaims({ ...RAW, ...more }, "roles").isEmailVerified).toBe(verified);
});

test("claims that name nobody are no claims", () => {
  expect(() => readClaims({ iss: "https://id.example" }, "roles")).toThrow();
});
