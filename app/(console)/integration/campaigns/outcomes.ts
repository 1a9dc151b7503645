import type { HandedLinks } from "#components/campaigns/new-links.tsx";
import type { ActionOutcome } from "#lib/action/types.ts";
import type { Viewer } from "#lib/auth/types.ts";
import type { issueTesters } from "#lib/campaigns/issue-testers.ts";
import { addressOfTester } from "#lib/campaigns/rules.ts";
import type { CampaignMember } from "#lib/campaigns/types.ts";
import { consoleSettings } from "#lib/console/runtime.ts";

type Refusal = {
  ok: false;
  code: "not_found" | "production" | "over" | "other_api" | "too_many" | "ended" | "closed";
};
type Done<Result> = Omit<Extract<Result, { ok: true }>, "ok">;

/** What stands beside what was asked instead of being told as a failure of the whole. */
const FIELDS: Partial<Record<Refusal["code"], Record<string, string[]>>> = {
  production: { api: ["production"] },
  other_api: { api: ["other_api"] },
  too_many: { count: ["too_many"] },
};

/** A verb's result as the action's: what somebody else did meanwhile is a conflict. */
export function outcomeOf<Result extends { ok: true } | Refusal>(
  result: Result,
): ActionOutcome<Done<Result>> {
  if (result.ok) {
    const { ok: _, ...data } = result as Extract<Result, { ok: true }>;
    return { ok: true, data };
  }
  const fields = FIELDS[result.code];
  if (fields) return { ok: false, code: "invalid_input", fields };
  return { ok: false, code: result.code === "not_found" ? "not_found" : "conflict" };
}

/** Links just made, as addresses, handed this once to whoever made them. */
export function handOver(result: Awaited<ReturnType<typeof issueTesters>>): ActionOutcome<HandedLinks> {
  if (!result.ok) return outcomeOf(result) as Extract<ActionOutcome<HandedLinks>, { ok: false }>;
  const { publicUrl } = consoleSettings();
  const links = result.testers.map(({ number, token }) => {
    return { number, address: addressOfTester(publicUrl, token) };
  });
  return { ok: true, data: { links, endsAt: result.campaign.endsAt } };
}

export const memberOf = ({ memberId, role }: Viewer): CampaignMember => ({ id: memberId, role });
