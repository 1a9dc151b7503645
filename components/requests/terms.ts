import { useTranslations } from "next-intl";
import type { DueState } from "#lib/deadlines/types.ts";
import type {
  Channel,
  DeletionReason,
  DenialGround,
  IdentityMethod,
  PreviewItem,
  PreviewKind,
  RequestState,
  Right,
} from "#lib/requests/types.ts";

type Step = { right: Right; state: RequestState; decidedAt?: Date | null; executeAt?: Date | null };

const HOUR_MS = 3_600_000;

/** The words of requests, the same on every screen. */
export function useRequestTerms() {
  const t = useTranslations("requests");
  return {
    right: (right: Right) => t(`right.${right}`),
    /** Where a request is: what is being carried out is named by the right, a wait by its hours where both ends are given. */
    step: ({ right, state, decidedAt = null, executeAt = null }: Step) => {
      if (state === "executing") return t(`executing.${right}`);
      if (state === "verifying" && right === "access") return t("handing");
      if (state !== "scheduled" || decidedAt === null || executeAt === null) return t(`state.${state}`);
      return t("waiting", { hours: Math.ceil((executeAt.getTime() - decidedAt.getTime()) / HOUR_MS) });
    },
    channel: (channel: Channel) => t(`channel.${channel}`),
    method: (method: IdentityMethod) => t(`method.${method}`),
    ground: (ground: DenialGround) => t(`ground.${ground}`),
    deletionReason: (reason: DeletionReason) => t(`deletionReason.${reason}`),
    item: (kind: PreviewKind) => t(`item.${kind}`),
    where: (where: PreviewItem["where"]) => t(`where.${where}`),
    due: (state: DueState, daysLeft: number) => t(`due.${state}`, { days: Math.abs(daysLeft) }),
  };
}

/** Why an act on a request was refused, and what to do next. */
export type RequestTrouble = Parameters<ReturnType<typeof useTranslations<"requests.trouble">>>[0];

/** The words for a refusal; `protocol` is of the request that stands in the way. */
export function useRequestTrouble(): (code: RequestTrouble, protocol?: string) => string {
  const t = useTranslations("requests.trouble");
  return (code, protocol = "") => t(code, { protocol });
}
