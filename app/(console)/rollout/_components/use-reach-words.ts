import { useFormatter, useTranslations } from "next-intl";
import type { Reach } from "#lib/rollout-page/types.ts";

/** How many people a change reaches, as text: what was estimated says "about". */
export function useReachWords() {
  const t = useTranslations("rollout.change");
  const format = useFormatter();
  const number = (count: number) => format.number(count);
  const roughly = (count: number) => (count === 0 ? "0" : t("roughly", { count: number(count) }));
  return ({ estimated, of }: Reach) => {
    const count = estimated === "all" ? roughly : number;
    const all = estimated === "total" ? roughly : number;
    return { count, outOfAll: (people: number) => t("of", { count: count(people), of: all(of) }) };
  };
}
