import { useFormatter, useNow, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import type { WhoIsNext as Next } from "#lib/inbox/types.ts";
import type { RequestState } from "#lib/requests/types.ts";

const NAMED = 2;
const DAY_MS = 86_400_000;

type WhoIsNextProps = { next: Next | null; state: RequestState | null };

/** Whose turn it is: the reader, colleagues by name, the person, or Gatehouse and when. */
export function WhoIsNext({ next, state }: WhoIsNextProps) {
  const t = useTranslations("requests.next");
  const format = useFormatter();
  const now = useNow();
  if (next === null) return <span className="m">–</span>;
  if (next.by === "person") return t("person");
  if (next.by === "gatehouse") {
    if (next.at === null || next.at <= now)
      return (
        <>
          Gatehouse <span className="m">{t("now")}</span>
        </>
      );
    const isToday = next.at.getTime() - now.getTime() < DAY_MS / 2;
    const time = format.dateTime(next.at, isToday ? "clock" : "minute");
    const does = state === "outcome_unknown" ? "checks" : state === "failed" ? "tries" : "at";
    return (
      <>
        Gatehouse <span className="m">{t(does, { time })}</span>
      </>
    );
  }
  const { isYou, others } = next;
  const names =
    others.length <= NAMED
      ? format.list(others, { type: "disjunction" })
      : t("several", { name: others[0] ?? "", count: others.length - 1 });
  if (isYou)
    return (
      <>
        <b className="b">{t("you")}</b>{" "}
        {others.length === 0 ? null : (
          <span className="m">
            {others.length <= NAMED ? t("or", { names }) : t("orOthers", { count: others.length })}
          </span>
        )}
      </>
    );
  return others.length === 0 ? <Status kind="due">{t("nobody")}</Status> : names;
}
