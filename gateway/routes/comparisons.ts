import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { comparePictures } from "#lib/comparisons/compare-pictures.ts";
import { captureFeedback } from "#lib/logins/rules.ts";
import { comparisonAnswer, comparisonBody, problemAnswer } from "../contract.ts";
import type { GatewayParts } from "../parts/gateway-parts.ts";
import { Problem } from "../problems.ts";

/** Comparing two pictures with each other; nothing of them is kept. */
export const comparisonRoutes: FastifyPluginAsyncZod<{ parts: GatewayParts }> = async (app, { parts }) => {
  app.post(
    "/v1/comparisons",
    {
      config: { permission: "pictures.compare" },
      schema: {
        tags: ["Comparison"],
        summary: "Compare two pictures",
        description:
          "Approved from the policy's minimum score on. `reason` of a refusal begins with the picture: a or b.",
        body: comparisonBody,
        response: { 200: comparisonAnswer, 422: problemAnswer, 503: problemAnswer },
      },
    },
    async (request) => {
      const policy = parts.control.policy().values;
      const startedMs = performance.now();
      const budget = { remainingMs: () => policy.apiTimeoutMs - (performance.now() - startedMs) };
      const result = await comparePictures(parts.api, request.body, policy, budget);
      if (result.ok) {
        const { genuine, score, approved } = result;
        return { genuine, score, approved };
      }
      if (result.code === "picture_refused") {
        const face = request.body.type === "face";
        const feedbackCode = captureFeedback({ face }, result.problem);
        throw new Problem("capture_refused", { reason: `${result.side}: ${result.problem}`, feedbackCode });
      }
      const { failure, retryAfterMs } = result;
      throw new Problem("api_unavailable", {
        reason: failure,
        ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
      });
    },
  );
};
