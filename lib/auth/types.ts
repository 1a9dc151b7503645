import type { Role } from "#lib/members/schema.ts";
import type { Grant } from "./policy.ts";

/** The member behind a request, as the database knows them at this moment. */
export type Viewer = { memberId: string; sessionId: string; name: string; email: string; role: Role };

/** A viewer who may do what was asked, and how much of it. */
export type PermittedViewer = Viewer & { grant: Grant };

/** Why a session no longer holds. */
export type SessionEnd = "idle" | "absolute" | "ended" | "disabled";
