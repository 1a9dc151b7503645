import { CircleDashed } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { standingOf } from "#lib/campaign-results/rules.ts";
import type { CampaignLine } from "#lib/campaign-results/types.ts";

/** Campaigns, the newest first, each with where it stands and how its tries went. */
export function CampaignList({ list, now }: { list: readonly CampaignLine[]; now: Date }) {
  const t = useTranslations("campaigns");
  const format = useFormatter();
  return (
    <table className="tbl free stack" aria-label={t("list.title")}>
      <thead>
        <tr>
          <th scope="col">{t("list.name")}</th>
          <th scope="col">{t("list.state")}</th>
          <th scope="col">{t("list.opened")}</th>
          <th scope="col" className="num">
            {t("list.testers")}
          </th>
          <th scope="col" className="num">
            {t("list.recognised")}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Link href={`/integration/campaigns/${one.id}`} prefetch={false}>
                {one.name}
              </Link>
            </th>
            <td className="end-s">
              <StandingStatus standing={standingOf(one, now)} />
            </td>
            <td className="m2 hide-s">{format.dateTime(one.openedAt, "day")}</td>
            <td className="num m2">
              {format.number(one.testers)}{" "}
              <span className="ph">{t("list.testersUnit", { count: one.testers })}</span>
            </td>
            <td className="num">
              {one.tries === 0 ? "–" : t("ofTries", { recognised: one.recognised, tries: one.tries })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where a campaign stands. */
export function StandingStatus({ standing }: { standing: ReturnType<typeof standingOf> }) {
  const t = useTranslations("campaigns.standing");
  if (standing === "open")
    return (
      <Status kind="ok" icon={CircleDashed} quiet>
        {t("open")}
      </Status>
    );
  return <Status kind="none">{t(standing)}</Status>;
}
