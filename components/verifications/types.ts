import type { EnrolledThen } from "#lib/enrolments/types.ts";
import type { Policy } from "#lib/policies/schema.ts";

/** The rules a try was judged by, with when they came into force; null where they are not kept any more. */
export type PolicyFact = (Policy & { changedAt: Date }) | null;

/** What was enrolled when a try was made; null where that is not known here. */
export type EnrolledFact = EnrolledThen | null;
