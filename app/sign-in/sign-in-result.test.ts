import { expect, test } from "vitest";
import { readFailure, readFields } from "./sign-in-result.ts";

test.each([
  ["wrong_credentials", { code: "wrong" }],
  ["CredentialsSignin", { code: "wrong" }],
  ["throttled:12", { code: "throttled", waitSeconds: 12 }],
  ["throttled", { code: "unavailable" }],
  ["throttled:soon", { code: "unavailable" }],
  ["code_required", { code: "code_required" }],
  ["wrong_code", { code: "wrong_code" }],
  ["challenge_expired", { code: "challenge_expired" }],
  ["unavailable", { code: "unavailable" }],
  [undefined, { code: "unavailable" }],
])("the answer %j is told as %j", (error, failure) => {
  expect(readFailure(error)).toEqual(failure);
});

test("each field that cannot be sent is named", () => {
  const form = (email: string, password: string) => {
    const data = new FormData();
    data.set("email", email);
    data.set("password", password);
    return data;
  };
  expect(readFields(form("not an address", "")).failure).toEqual({
    code: "fields",
    email: true,
    password: true,
  });
  expect(readFields(form("ana@company.example", "")).failure).toMatchObject({ email: false, password: true });
  expect(readFields(form(" Ana@Company.example ", " kept as typed ")).values).toEqual({
    email: "ana@company.example",
    password: " kept as typed ",
  });
});
