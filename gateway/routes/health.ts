import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { GatewayParts } from "../parts/gateway-parts.ts";

const part = z.enum(["ok", "degraded"]);
const keyName = z.enum(["primary", "secondary"]);
const keys = z.object({ using: keyName, refused: z.array(keyName) });
const answer = z.object({
  status: part.meta({ description: "`ok` when every part is. Logins are answered either way." }),
  parts: z.object({
    database: z.object({ status: part }),
    unleash: z.object({ status: part, lastError: z.string().nullable() }),
    api: z.object({
      status: part.meta({ description: "Degraded also while one of the API's keys is refused." }),
      people: z.string(),
      quality: z.string(),
      keys: z.object({ people: keys, quality: keys }).meta({
        description: "Which of the two keys of a package calls are made with, and which the API refuses.",
      }),
    }),
    journal: z.object({ status: part, lines: z.number().int() }),
    control: z.object({
      status: part,
      intentVersion: z.number().int().nullable(),
      policyVersion: z.number().int(),
    }),
  }),
});

/** Whether this gateway can answer logins, which it can as long as it lives, and how each part does. */
export const healthRoutes: FastifyPluginAsyncZod<{ parts: GatewayParts }> = async (app, { parts }) => {
  app.get(
    "/health",
    {
      config: { rateLimit: false },
      schema: { tags: ["Health"], summary: "How this gateway does", security: [], response: { 200: answer } },
    },
    async () => healthOf(parts),
  );
};

function healthOf({ ledger, flags, api, recorder, control, clock }: GatewayParts): z.infer<typeof answer> {
  const mark = (isWell: boolean) => (isWell ? "ok" : "degraded");
  const circuits = api.circuits();
  const keys = api.keys();
  const everyKeyServes = keys.people.refused.length + keys.quality.refused.length === 0;
  const { connected, lastError } = flags.state();
  const lines = recorder.journalLines();
  const parts = {
    database: { status: mark(ledger.isReachable()) },
    unleash: { status: mark(connected), lastError },
    api: { status: mark(circuits.people === "closed" && everyKeyServes), ...circuits, keys },
    journal: { status: mark(lines === 0), lines },
    control: {
      status: mark(!control.isSilent(clock())),
      intentVersion: control.intentVersion(),
      policyVersion: control.policy().version,
    },
  } as const;
  const isWell = Object.values(parts).every(({ status }) => status === "ok");
  return { status: mark(isWell), parts };
}
