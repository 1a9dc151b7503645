import { expect, test } from "vitest";
import { parseSignInSearch } from "./search-params.ts";

test.each([
  [{}, { next: undefined, ended: undefined, refused: undefined }],
  [
    { next: "/people", ended: "idle" },
    { next: "/people", ended: "idle", refused: undefined },
  ],
  [{ ended: "made up" }, { next: undefined, ended: undefined, refused: undefined }],
  [{ refused: "no_role" }, { next: undefined, ended: undefined, refused: "no_role" }],
  [{ refused: "<b>" }, { next: undefined, ended: undefined, refused: "failed" }],
  [{ error: "OAuthCallback" }, { next: undefined, ended: undefined, refused: "failed" }],
])("the address %j says %j", (search, says) => {
  expect(parseSignInSearch(search)).toEqual(says);
});
