import { grantOf, type Permission } from "#lib/auth/policy.ts";
import type { RequestState, Right } from "#lib/requests/types.ts";
import type { Colleague, Turn, WhoIsNext } from "./types.ts";

/** What decides whose turn it is. */
export type TurnFacts = {
  right: Right;
  state: RequestState;
  openedBy: string | null;
  assessedBy: string | null;
  executeAt: Date | null;
  nextTryAt: Date | null;
  /** Recipients of the data who are neither told nor excused. */
  toTell: number;
};

const members = (permission: Permission, except: readonly (string | null)[] = []): Turn => ({
  by: "members",
  permission,
  except: except.filter((id) => id !== null),
});
const gatehouse = (at: Date | null = null): Turn => ({ by: "gatehouse", at });

/**
 * Whose turn it is with a request; null where it is closed. Nobody decides what they opened or assessed, except where the
 * installation is under single control. A deletion outside a request is a matter of administrators.
 */
export function turnOf(request: TurnFacts, isSingleControl: boolean): Turn | null {
  const { right, state, openedBy, assessedBy, executeAt, nextTryAt, toTell } = request;
  const isDeletion = right === "deletion";
  switch (state) {
    case "received":
      return members(isDeletion ? "person.delete" : "request.assess");
    case "identity_pending":
    case "in_review":
      return members("request.assess");
    case "awaiting_approval":
      return members(
        isDeletion ? "person.delete" : "request.decide",
        isSingleControl ? [] : [openedBy, assessedBy],
      );
    case "awaiting_capture":
      return { by: "person" };
    case "scheduled":
      return gatehouse(executeAt);
    case "executing":
      return gatehouse();
    case "verifying":
      return toTell > 0 ? members("request.assess") : gatehouse();
    case "outcome_unknown":
      return gatehouse(nextTryAt);
    case "failed":
      return nextTryAt === null ? members("request.steer") : gatehouse(nextTryAt);
    default:
      return null;
  }
}

/** Whether this member may take the turn. */
export function mayTake(
  turn: Turn | null,
  { memberId, role }: Pick<Colleague, "memberId" | "role">,
): boolean {
  if (turn?.by !== "members") return false;
  return grantOf(role, turn.permission) === "full" && !turn.except.includes(memberId);
}

/** The turn as one of the colleagues sees it; null where there is none. */
export function whoIsNext(
  turn: Turn | null,
  colleagues: readonly Colleague[],
  memberId: string,
): WhoIsNext | null {
  if (turn?.by !== "members") return turn;
  const able = colleagues.filter((colleague) => mayTake(turn, colleague));
  return {
    by: "members",
    isYou: able.some((one) => one.memberId === memberId),
    others: able.filter((one) => one.memberId !== memberId).map(({ name }) => name),
  };
}
