import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { connect, face, http, matched, reset, serve, silence } from "./testing/bare-server.ts";

describe("a call is tried again only where that is safe", () => {
  const limited = (seconds: string) => http(429, "", { "retry-after": seconds });

  it("after a rate limit that ends within the time", async () => {
    const { url, seen } = await serve(limited("1"), matched);
    const result = await connect(url, { totalTimeoutMs: 2_500 }).verify("sample-1", face);
    expect(result).toMatchObject({ ok: true, call: { tries: 2 } });
    expect(result.call.latencyMs).toBeGreaterThanOrEqual(990);
    expect(seen).toHaveLength(2);
  });

  it("not after a rate limit that outlasts it: the answer comes at once and says how long", async () => {
    const { url, seen } = await serve(limited("30"), matched);
    const result = await connect(url, { totalTimeoutMs: 9_000 }).verify("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "rate_limited", retryAfterMs: 30_000 });
    expect(result.call.latencyMs).toBeLessThan(2_000);
    expect(seen).toHaveLength(1);
  });

  it.each([502, 503, 504])("after %i", async (status) => {
    const { url } = await serve(http(status, ""), matched);
    expect(await connect(url).verify("sample-1", face)).toMatchObject({ ok: true, call: { tries: 2 } });
  });

  it.each([
    [500, "server_error"],
    [401, "unauthorized"],
    [403, "unauthorized"],
    [400, "refused_other"],
  ])("never after %i", async (status, code) => {
    const { url, seen } = await serve(http(status, ""));
    expect(await connect(url).verify("sample-1", face)).toMatchObject({ ok: false, code, call: { status } });
    expect(seen).toHaveLength(1);
  });

  it("an update whose answer is lost is not repeated, and its outcome is unknown", async () => {
    const { url, seen } = await serve(silence);
    const result = await connect(url).update("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "timed_out", outcomeUnknown: true });
    expect(seen).toHaveLength(1);
  });

  it("an enrolment whose answer was lost and that exists already is enrolled, its BioPassID unknown", async () => {
    const { url, seen } = await serve(silence, http(400, "CustomID already exists"));
    const result = await connect(url).enroll("sample-1", face);
    expect(result).toMatchObject({
      ok: true,
      value: { customId: "sample-1", bioPassId: null },
      call: { tries: 2, message: "CustomID already exists" },
    });
    expect(seen).toHaveLength(2);
  });

  it.each([
    ["at the first try", [http(400, "CustomID already exists")]],
    ["after a rate limit", [limited("0"), http(400, "CustomID already exists")]],
    ["after a 503, which took nothing on", [http(503, ""), http(400, "CustomID already exists")]],
  ])("an enrolment that exists %s is refused", async (_when, replies) => {
    const { url } = await serve(...replies);
    const result = await connect(url).enroll("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "custom_id_exists" });
  });

  it("an enrolment is repeated once only, and then its outcome is unknown", async () => {
    const { url, seen } = await serve(reset);
    const result = await connect(url).enroll("sample-1", face);
    expect(result).toMatchObject({ ok: false, code: "unreachable", outcomeUnknown: true });
    expect(seen).toHaveLength(2);
  });

  it("an outcome stays unknown when the second try is merely refused", async () => {
    const { url } = await serve(silence, http(401, ""));
    const result = await connect(url).delete("sample-1");
    expect(result).toMatchObject({ ok: false, code: "unauthorized", outcomeUnknown: true });
  });

  it("a deletion whose answer was lost is done when the person is gone", async () => {
    const { url } = await serve(silence, http(400, "Person not found"));
    expect(await connect(url).delete("sample-1")).toMatchObject({
      ok: true,
      value: { customId: "sample-1" },
    });
  });

  it.each([
    ["its answer is lost", silence, "timed_out"],
    ["the connection is reset", reset, "unreachable"],
    ["the service is overloaded", http(503, ""), "server_error"],
    ["it is refused for its key", http(401, ""), "unauthorized"],
    ["there are too many calls", http(429, "", { "retry-after": "0" }), "rate_limited"],
  ])("what may be sent once is sent once, also where %s", async (_when, reply, code) => {
    const { url, seen } = await serve(reply, http(200, '{"Person":{"CustomID":"sample-1"}}'));
    const client = connect(url, { apiKeySecondary: "sample-second-key" });
    const result = await client.delete("sample-1", { tries: 1 });
    expect(result).toMatchObject({ ok: false, code, call: { tries: 1 } });
    expect(seen).toHaveLength(1);
  });

  it("an answer is told by the SHA-256 of its body, and no answer by none", async () => {
    const body = '{"Person":{"CustomID":"sample-1"}}';
    const { url } = await serve(http(200, body), reset);
    const client = connect(url);
    const { call } = await client.delete("sample-1", { tries: 1 });
    expect(call.answerSha256).toBe(createHash("sha256").update(body).digest("hex"));
    expect(await client.delete("sample-1", { tries: 1 })).toMatchObject({ call: { answerSha256: null } });
  });

  it("a deletion of nobody is refused", async () => {
    const { url } = await serve(http(400, "Person not found"));
    expect(await connect(url).delete("sample-1")).toMatchObject({ ok: false, code: "person_not_found" });
  });
});
