import { z } from "zod";

const common = {
  log: z.string(),
  n: z.int().min(1),
  ref: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime().transform((text) => new Date(text)),
};

/** One line of the ledger, without its code. */
export const ledgerLineSchema = z.discriminatedUnion("kind", [
  z.object({ ...common, kind: z.literal("erasure"), protocol: z.string(), requestId: z.uuid() }),
  z.object({ ...common, kind: z.literal("enrolment") }),
]);
