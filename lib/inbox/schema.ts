import { z } from "zod";
import { customIdSchema } from "#lib/people/schema.ts";
import { openRequestSchema } from "#lib/requests/schema.ts";
import { ASKED_RIGHTS, CHANNELS, OWN_CHANNELS } from "#lib/requests/types.ts";

const PASSED_ON = ["application", "list"] as const;

/** How a request that somebody types in can have reached the company. */
export const TYPED_CHANNELS = CHANNELS.filter(
  (channel): channel is Exclude<typeof channel, (typeof OWN_CHANNELS)[number] | (typeof PASSED_ON)[number]> =>
    ![...OWN_CHANNELS, ...PASSED_ON].some((one) => one === channel),
);

/** What the form sends: several rights of one person at once, each of which becomes a request of its own. */
export const openRequestsSchema = openRequestSchema.pick({ customId: true, regimes: true }).extend({
  rights: z
    .array(z.enum(ASKED_RIGHTS))
    .min(1)
    .transform((rights) => [...new Set(rights)]),
  channel: z.enum(TYPED_CHANNELS),
  /** A day in the installation's zone. */
  receivedOn: z.iso.date(),
});

export const requestSearchSchema = z.object({ text: customIdSchema });
