import { expect, test } from "vitest";
import { apiKey, apiKeySecondary, sandboxForFile } from "./sandbox-for-file.ts";

const { faces, connect, revoke, newId, enrolled } = sandboxForFile();
const both = { apiKey, apiKeySecondary };

test("a key is replaced while calls go on, and not one of them fails", async () => {
  const client = connect(both);
  const customId = await enrolled(client);
  const results = [];
  for (let round = 0; round < 12; round++) {
    // The primary is made anew after four rounds, and the secondary after eight, when the primary is known again.
    if (round === 4) revoke(apiKey);
    if (round === 8) revoke(apiKeySecondary);
    results.push(...(await Promise.all([1, 2].map(() => client.verify(customId, { face: faces.a })))));
  }
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  // Only what was under way when a key went had to be sent again.
  expect(results.filter(({ call }) => call.tries > 1).length).toBeLessThanOrEqual(4);
  expect(client.keys().people).toEqual({ using: "primary", refused: ["secondary"] });
  expect(client.circuits().people).toBe("closed");
});

test("what is in use and what is refused is told by name, to health and to the log, and never as a key", async () => {
  const lines: unknown[] = [];
  const record = (...line: unknown[]) => void lines.push(line);
  const client = connect({ ...both, log: { info: record, warn: record } });
  revoke(apiKey);
  expect(client.keys().people).toEqual({ using: "primary", refused: [] });
  expect(await client.detectFaces(faces.a)).toMatchObject({ ok: true, call: { tries: 2 } });
  expect(client.keys().people).toEqual({ using: "secondary", refused: ["primary"] });
  expect(await client.detectFaces(faces.a)).toMatchObject({ ok: true, call: { tries: 1 } });
  expect(lines).toContainEqual([
    { keys: "people", using: "primary", refused: ["primary"] },
    "Multibiometrics refuses a key",
  ]);
  expect(lines).toContainEqual([
    { keys: "people", using: "secondary", refused: ["primary"] },
    "Multibiometrics refuses a key",
  ]);
  expect(JSON.stringify([lines, client.keys()])).not.toMatch(/sample-(second-)?key/);
});

test("an enrolment refused for its key is carried out once, with the other key", async () => {
  const client = connect(both);
  const customId = newId();
  revoke(apiKey);
  const result = await client.enroll(customId, { face: faces.a });
  expect(result).toMatchObject({ ok: true, call: { tries: 2 } });
  // Were it the second of two, the service would have said that the CustomID exists, and the id be lost.
  expect(result.ok && result.value.bioPassId).not.toBeNull();
  expect(await client.delete(customId)).toMatchObject({ ok: true });
  expect(await client.delete(customId)).toMatchObject({ ok: false, code: "person_not_found" });
});

test("where both keys are refused the call says so, after one try with each", async () => {
  const client = connect(both);
  revoke(apiKey, apiKeySecondary);
  const result = await client.verify("contract-nobody", { face: faces.a });
  expect(result).toMatchObject({ ok: false, code: "unauthorized", call: { tries: 2, status: 401 } });
  expect(client.keys().people).toEqual({ using: "primary", refused: ["primary", "secondary"] });
  revoke(apiKey);
  expect(await client.detectFaces(faces.a)).toMatchObject({ ok: true });
  expect(client.keys().people).toEqual({ using: "secondary", refused: ["primary"] });
});

test("quality calls change keys by themselves: what people's keys learnt is not theirs", async () => {
  const client = connect({
    ...both,
    qualityApiKey: "wrong",
    qualityApiKeySecondary: "sample-key-of-quality",
  });
  expect(await client.checkIcao(faces.a)).toMatchObject({ ok: true, call: { tries: 2 } });
  expect(client.keys()).toEqual({
    people: { using: "primary", refused: [] },
    quality: { using: "secondary", refused: ["primary"] },
  });
});
