import { answerLink } from "#app/api/answer-link.ts";
import { confirmConsent } from "#lib/campaigns/confirm-consent.ts";
import { examineTester } from "#lib/campaigns/examine-tester.ts";
import { consentSchema } from "#lib/campaigns/schema.ts";
import { checkedApi } from "#lib/console/checked-api.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";

/** A tester agrees; answers where they are then. */
export const POST = (request: Request): Promise<Response> =>
  answerLink(request, {
    input: consentSchema,
    async run(consent) {
      const { origin } = checkedApi();
      const confirmed = await confirmConsent(consoleDatabase(), consent, origin, new Date());
      if (!confirmed.ok) return confirmed;
      return examineTester(consoleDatabase(), { token: consent.token, origin }, new Date());
    },
  });
