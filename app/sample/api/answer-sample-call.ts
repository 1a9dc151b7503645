import { getLocale } from "next-intl/server";
import type { z } from "zod";
import { saysAtMost } from "#lib/body-size.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import type { GatewayAccess } from "#lib/sample/call-gateway.ts";

/** A face and ten fingers of 800 KiB each. */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

/**
 * Answers one call of the sample's page: only JSON, which no form of another site can send, only in the shape the
 * schema names. The gateway's address and the application's key are handed to `run` and stay on the server. Where no
 * sample application is configured, there is no sample.
 */
export async function answerSampleCall<Input>(
  request: Request,
  schema: z.ZodType<Input>,
  run: (access: GatewayAccess, input: Input) => Promise<unknown>,
): Promise<Response> {
  const { gatewayUrl, sampleApplicationKey: applicationKey } = consoleSettings();
  if (applicationKey === undefined) return new Response(null, { status: 404 });
  if (!isJson(request)) return new Response(null, { status: 415 });
  if (!saysAtMost(request, MAX_BODY_BYTES)) return new Response(null, { status: 413 });
  const input = schema.safeParse(await request.json().catch(() => null));
  if (!input.success) return Response.json({ ok: false, code: "invalid", feedback: null, exchange: null });
  const locale = (await getLocale()) === "pt-BR" ? "pt-BR" : "en";
  return Response.json(await run({ gatewayUrl, applicationKey, locale }, input.data));
}

const isJson = (request: Request): boolean =>
  (request.headers.get("content-type") ?? "").startsWith("application/json");
