import { grantOf, type Permission } from "#lib/auth/policy.ts";
import { isSecondPerson } from "#lib/auth/rules.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { choosePath, isPaused } from "#lib/logins/rules.ts";
import type { Path, PathReason } from "#lib/logins/schema.ts";
import type { FoundRequest } from "#lib/requests/queries.ts";
import { isErasing, needsBlock } from "#lib/requests/rules.ts";
import { throughOf } from "#lib/rollout/rules.ts";
import { foldCustomId } from "./schema.ts";
import type {
  ActLock,
  CustomIdSight,
  Exposure,
  FoundPerson,
  KeepingOffers,
  Person,
  PersonListItem,
  PersonStanding,
} from "./types.ts";

/** Shortest text that is looked for inside CustomIDs: an index of three-letter groups cannot answer a shorter one. */
export const PART_MIN_LENGTH = 3;
const SHOWN_AT_MOST = 4;

/** A CustomID with all but its last four characters hidden; of a short one no more than half is shown. */
export function maskCustomId(customId: string): string {
  const letters = Array.from(customId);
  const shown = Math.min(SHOWN_AT_MOST, Math.floor(letters.length / 2));
  return `••••${letters.slice(letters.length - shown).join("")}`;
}

/**
 * What somebody who sees CustomIDs masked may look for: the whole CustomID, or no more of its end than the mask
 * shows. A longer part would let them guess the hidden characters one by one.
 */
export const isEndOnly = (folded: string): boolean => Array.from(folded).length <= SHOWN_AT_MOST;

/** Where a folded search text lies in a CustomID, as positions in the CustomID itself; null when it does not. */
export function findMatch(customId: string, folded: string): { from: number; to: number } | null {
  if (folded === "") return null;
  let text = "";
  const positions: { from: number; to: number }[] = [];
  let position = 0;
  for (const letter of customId) {
    const part = foldCustomId(letter);
    for (let unit = 0; unit < part.length; unit += 1)
      positions.push({ from: position, to: position + letter.length });
    text += part;
    position += letter.length;
  }
  const start = text.indexOf(folded);
  const first = positions[start];
  const last = positions[start + folded.length - 1];
  return first && last ? { from: first.from, to: last.to } : null;
}

type Standing = Pick<
  Person,
  "id" | "status" | "bucket" | "isEarlyAdopter" | "pausedUntil" | "failuresInARow"
>;

/** A step on the way to a path: what was asked, and whether it lets the person go on to the biometric one. */
export type PathStep = {
  asked: "halt" | "exposure" | "enrolled" | "held_back" | "failures" | "circuit";
  passed: boolean;
};
export type ExplainedPath = { path: Path; reason: PathReason; steps: PathStep[] };

/**
 * Which path the person's next login gets, by the rule the gateways use, and what each step of it says. The flag is
 * taken to agree with our own intent: a gateway that cannot read it sends everybody the old way.
 */
export function explainPath(
  person: Standing,
  exposure: Exposure | null,
  now: Date,
  circuitHeld = false,
): ExplainedPath {
  const withinIntent = exposure !== null && throughOf(person, exposure) !== null;
  const halted = exposure?.halted ?? false;
  const chosen = choosePath({
    halted,
    controlSilent: false,
    candidate: { ...person, personId: person.id },
    withinIntent,
    flag: "flag_on",
    circuitHeld,
    now,
  });
  return {
    ...chosen,
    steps: [
      { asked: "halt", passed: !halted },
      { asked: "exposure", passed: withinIntent },
      { asked: "enrolled", passed: person.status !== "pending" },
      { asked: "held_back", passed: person.status !== "blocked" },
      { asked: "failures", passed: !isPaused(person, now) },
      // Said only while it is so: it is no step that a person usually takes.
      ...(circuitHeld ? [{ asked: "circuit", passed: false } as const] : []),
    ],
  };
}

export const standingOf = (person: Pick<Person, "status" | "pausedUntil">, now: Date): PersonStanding =>
  person.status === "enrolled" && isPaused(person, now) ? "paused" : person.status;

/** A person as a row of a list, with no more of the CustomID than the reader may see. */
export function listItemOf(
  person: Person & { matched?: FoundPerson["matched"] },
  sight: CustomIdSight,
  exposure: Exposure | null,
  now: Date,
): PersonListItem {
  const { id, faceEnrolled, lastLoginAt, lastLoginOutcome, enrolledAt } = person;
  const { path, reason } = explainPath(person, exposure, now);
  const isMasked = sight === "masked";
  return {
    id,
    customId: isMasked ? maskCustomId(person.customId) : person.customId,
    matched: isMasked ? null : (person.matched ?? null),
    faceEnrolled,
    fingers: person.fingersEnrolled.length,
    path,
    pathReason: reason,
    through: exposure && throughOf(person, exposure),
    lastLoginAt,
    lastLoginOutcome,
    enrolledAt,
    standing: standingOf(person, now),
  };
}

/** What keeps a member of the staff from verifying a person or replacing what is enrolled of them; null where nothing does. */
export function actLockOf(
  { status, faceEnrolled, fingersEnrolled }: Pick<Person, "status" | "faceEnrolled" | "fingersEnrolled">,
  roleMay: boolean,
): ActLock | null {
  if (!roleMay) return "role";
  if (status === "blocked") return "blocked";
  const hasAnything = faceEnrolled || fingersEnrolled.length > 0;
  return status === "pending" || !hasAnything ? "pending" : null;
}

type KeepingFacts = {
  viewer: Pick<Viewer, "memberId" | "role">;
  hold: { placedBy: string } | null;
  block: { requestId: string | null } | null;
  requests: readonly Pick<FoundRequest, "id" | "right" | "state" | "closedAt">[];
  isSingleControl: boolean;
};

/** What this reader may do about what keeps or blocks a person, and whether they may have the record deleted unasked. */
export function keepingOffersOf({
  viewer,
  hold,
  block,
  requests,
  isSingleControl,
}: KeepingFacts): Omit<KeepingOffers, "deletion"> & { mayDelete: boolean } {
  const may = (permission: Permission) => grantOf(viewer.role, permission) !== null;
  const open = requests.filter(({ closedAt }) => closedAt === null);
  const isSecond = hold !== null && (isSingleControl || isSecondPerson(viewer.memberId, [hold.placedBy]));
  const isNeeded = block !== null && open.some((request) => needsBlock(request, block.requestId));
  return {
    placeHold: hold === null && may("hold.place"),
    releaseHold: hold === null || !may("hold.release") ? null : isSecond ? "free" : "not_second_person",
    liftBlock: block === null || !may("person.unblock") ? null : isNeeded ? "still_needed" : "free",
    mayDelete: hold === null && may("person.delete") && !open.some(({ right }) => isErasing(right)),
  };
}
