import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { ENROLMENT_TIMEOUT_MS } from "#lib/enrolments/rules.ts";
import { callGateway } from "./call-gateway.ts";
import { enrolMember } from "./enrol-member.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function gatewayThat(answers: RequestListener) {
  const server = createServer(answers);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { gatewayUrl: `http://127.0.0.1:${port}`, applicationKey: "sample-key", locale: "pt-BR" };
}

const answerSchema = z.object({ fine: z.boolean() });
const call = { method: "POST", path: "/v1/logins/lg_secret/verifications", body: { face: "AAAA" } } as const;

test("the key travels in one header, and what developers see names no login", async () => {
  const heard: (string | undefined)[] = [];
  const access = await gatewayThat((request, response) => {
    heard.push(request.headers.authorization, request.headers["accept-language"]);
    response.end('{"fine":true}');
  });
  const answer = await callGateway(access, call, answerSchema);
  expect(heard).toEqual(["Bearer sample-key", "pt-BR"]);
  expect(answer).toMatchObject({
    ok: true,
    value: { fine: true },
    exchange: { call: "POST /v1/logins/{loginId}/verifications", status: 200 },
  });
});

test("the gateway's own word for the person is handed on with a refusal", async () => {
  const feedback = { code: "no_face", text: "No face was found." };
  const access = await gatewayThat((_, response) => {
    response.writeHead(422).end(JSON.stringify({ code: "capture_refused", feedback }));
  });
  expect(await callGateway(access, call, answerSchema)).toMatchObject({
    ok: false,
    code: "refused",
    feedback,
    exchange: { status: 422, problemCode: "capture_refused" },
  });
});

test.each([
  ["fails", 500, '{"code":"internal"}'],
  ["limits", 429, '{"code":"rate_limited"}'],
  ["does not accept the key", 401, '{"code":"key_refused"}'],
  ["answers with another shape", 200, '{"fine":"perhaps"}'],
  ["answers with no JSON", 200, "<html>"],
  ["refuses without a code", 400, "Bad Request"],
])("a gateway that %s counts as away", async (_, status, body) => {
  const access = await gatewayThat((_request, response) => {
    response.writeHead(status).end(body);
  });
  expect(await callGateway(access, call, answerSchema)).toMatchObject({ ok: false, code: "gateway_away" });
});

test("an enrolment is waited for as long as the gateway may take over it", async () => {
  const access = await gatewayThat((_, response) => response.end("{}"));
  const timeout = vi.spyOn(AbortSignal, "timeout");
  onTestFinished(() => timeout.mockRestore());
  await enrolMember(access, { customId: "sample", consent: true, replace: false });
  await callGateway(access, call, answerSchema);
  const [enrolmentMs = 0, loginMs = 0] = timeout.mock.calls.map(([ms]) => ms);
  expect(enrolmentMs).toBeGreaterThan(2 * ENROLMENT_TIMEOUT_MS);
  expect(loginMs).toBeLessThanOrEqual(ENROLMENT_TIMEOUT_MS);
});

test("a gateway that cannot be reached is an answer, not an exception", async () => {
  const access = await gatewayThat(() => {});
  for (const close of closers.splice(0)) close();
  expect(await callGateway(access, call, answerSchema)).toMatchObject({
    ok: false,
    code: "gateway_away",
    exchange: { status: null },
  });
});
