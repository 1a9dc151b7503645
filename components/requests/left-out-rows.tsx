import { CircleAlert, CircleX, Copy, Inbox, Lock, SearchX, UserCheck } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Batch, LeftOutRow, RowCounts } from "#lib/request-batches/types.ts";
import { BATCH_TROUBLES, type BatchTrouble } from "#lib/requests/types.ts";
import type { BatchActs } from "./batch-types.ts";
import { LeftOutDownload } from "./left-out-download.tsx";

const ICONS = {
  not_a_custom_id: CircleAlert,
  twice_in_file: Copy,
  not_known_here: SearchX,
  open_request: Inbox,
  on_hold: Lock,
  active_again: UserCheck,
  refused: CircleX,
};

type LeftOutRowsProps = {
  batch: Batch;
  counts: RowCounts;
  rows: readonly LeftOutRow[];
  place: { trouble: BatchTrouble | null; afterLine: number };
  nextLine: number | null;
  download: BatchActs["download"];
};

/** Every row for which nothing is done, with what is wrong and what it means. */
export function LeftOutRows({ batch, counts, rows, place, nextLine, download }: LeftOutRowsProps) {
  const t = useTranslations("batches.leftOut");
  const format = useFormatter();
  const all = counts.byState.left_out;
  if (all === 0) return null;
  const path = `/requests/lists/${batch.id}`;
  const present = BATCH_TROUBLES.filter((trouble) => (counts.byTrouble[trouble] ?? 0) > 0);
  const shown = place.trouble === null ? all : (counts.byTrouble[place.trouble] ?? 0);
  const query = place.trouble === null ? "" : `trouble=${place.trouble}&`;
  const first = rows[0]?.line ?? 0;
  return (
    <Section
      title={t("title")}
      about={t("about", { count: all, rows: batch.rows })}
      end={
        batch.closedAt === null ? (
          <LeftOutDownload batchId={batch.id} count={all} download={download} />
        ) : undefined
      }
    >
      <nav className="acts batch-chips" aria-label={t("filter")}>
        <Chip href={path} isOn={place.trouble === null} text={t("all")} count={format.number(all)} />
        {present.map((trouble) => (
          <Chip
            key={trouble}
            href={`${path}?trouble=${trouble}`}
            isOn={place.trouble === trouble}
            text={t(`trouble.${trouble}`)}
            count={format.number(counts.byTrouble[trouble] ?? 0)}
          />
        ))}
      </nav>
      <table className="tbl tight stack" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col" className="num" aria-sort="ascending">
              {t("row")}
            </th>
            <th scope="col">{t("inFile")}</th>
            <th scope="col">{t("wrong")}</th>
            <th scope="col">{t("means.title")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, customId, trouble, fact }) => (
            <tr key={line}>
              <td className="num m batch-line">{format.number(line)}</td>
              <td className="mono">
                {customId === null ? (
                  <span className="m">{t("gone")}</span>
                ) : customId === "" ? (
                  t("emptyCell")
                ) : (
                  customId
                )}
              </td>
              <td className="nw full">
                <Status
                  kind={trouble === "not_a_custom_id" || trouble === "refused" ? "over" : "due"}
                  icon={ICONS[trouble]}
                >
                  {t(`trouble.${trouble}`)}
                </Status>
              </td>
              <td className="m2 full">{t(`means.${trouble}`, { fact: fact ?? "none" })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="pager">
        <span>{t("shown", { count: rows.length, all: shown, first })}</span>
        <span className="end">
          <span className="only-wide">{t("again")}</span>
          {place.afterLine > 0 ? (
            <ButtonLink small href={`${path}?${query}`.replace(/[?&]$/, "")}>
              {t("first")}
            </ButtonLink>
          ) : null}
          {nextLine === null ? null : (
            <ButtonLink small href={`${path}?${query}after=${nextLine}`}>
              {t("more")}
            </ButtonLink>
          )}
        </span>
      </div>
    </Section>
  );
}

function Chip({ href, isOn, text, count }: { href: string; isOn: boolean; text: string; count: string }) {
  return (
    <Link
      className={isOn ? "chip on" : "chip"}
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={isOn ? "true" : undefined}
    >
      {text} <b>{count}</b>
    </Link>
  );
}
