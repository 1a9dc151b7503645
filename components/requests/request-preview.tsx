import { useFormatter, useTranslations } from "next-intl";
import { shortHash } from "#components/audit/short.ts";
import { Note } from "#components/ui/note.tsx";
import { Section } from "#components/ui/section.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";
import { isClosed } from "#lib/requests/rules.ts";
import type { PreviewItem, RequestState } from "#lib/requests/types.ts";
import { keptUntil } from "#lib/retention/rules.ts";
import { useRequestTerms } from "./terms.ts";

/** What goes and what stays and why: as it would be now, as it was fixed when it was assessed, or as it was carried out. */
export function RequestPreview({ data }: { data: RequestPageData }) {
  const t = useTranslations("request");
  const { shown, shownDigest, isFixed, decisionLock, presentDigest, keptFrom } = data;
  if (shown === null) return null;
  const tense = tenseOf(data.request.state);
  return (
    <>
      {decisionLock === "preview_changed" && presentDigest !== null ? (
        <Note tone="warn">
          <b>{t("goes.changed")}</b> {t("goes.changedText", { digest: shortHash(presentDigest) })}
        </Note>
      ) : null}
      <Section
        title={t(`goes.title.${tense}`)}
        about={t(tense === "open" ? (isFixed ? "goes.fixed" : "goes.live") : `goes.${tense}`)}
        end={
          shownDigest === null ? undefined : (
            <span className="m" title={shownDigest}>
              {t("goes.digest")} <span className="mono">{shortHash(shownDigest)}</span>
            </span>
          )
        }
      >
        {shown.goes.length === 0 ? (
          <p className="m2">{t(`goes.${shown.stays.length === 0 ? "nothingHeld" : "nothing"}.${tense}`)}</p>
        ) : (
          <Items items={shown.goes} where={t("goes.where")} keptFrom={keptFrom} />
        )}
      </Section>
      <Section title={t(`stays.title.${tense}`)} about={t("stays.about")}>
        {shown.stays.length === 0 ? (
          <p className="m2">{t(`stays.nothing.${tense}`)}</p>
        ) : (
          <Items items={shown.stays} where={t("stays.kept")} keptFrom={keptFrom} />
        )}
        <p className="small m">{t("stays.never")}</p>
      </Section>
    </>
  );
}

/** A request that was carried out tells what went, one that ended otherwise what would have. */
function tenseOf(state: RequestState): "open" | "gone" | "kept" {
  if (state === "completed") return "gone";
  return isClosed(state) ? "kept" : "open";
}

type ItemsProps = { items: readonly PreviewItem[]; where: string; keptFrom: Date };

function Items({ items, where, keptFrom }: ItemsProps) {
  const t = useTranslations("request.goes");
  const terms = useRequestTerms();
  const format = useFormatter();
  return (
    <table className="tbl free tight stack fix">
      <thead>
        <tr>
          <th scope="col">{t("data")}</th>
          <th scope="col" className="num" style={{ width: 64 }}>
            {t("items")}
          </th>
          <th scope="col" style={{ width: 226 }}>
            {where}
          </th>
          <th scope="col" style={{ width: 172 }}>
            {t("ground")}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.kind}>
            <td className={item.keptDays === undefined ? "full" : "two-line full"}>
              {terms.item(item.kind)}
              {item.keptDays === undefined ? null : <Kept days={item.keptDays} from={keptFrom} />}
            </td>
            <td className="num">{format.number(item.items)}</td>
            <td className="m2 hide-s">{terms.where(item.where)}</td>
            <td className="m">
              {item.article.replaceAll("art. ", "art.\u00a0").replaceAll(" §", "\u00a0§")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Until when something that stays is kept, as far as the retention sets a day. */
function Kept({ days, from }: { days: number | null; from: Date }) {
  const t = useTranslations("request.stays");
  const format = useFormatter();
  if (days === null) return <small>{t("noEnd")}</small>;
  const day = format.dateTime(keptUntil(from, { historyDays: days }), "day");
  return <small>{t("until", { day, days })}</small>;
}
