import { useFormatter, useTranslations } from "next-intl";
import { shortHash } from "#components/audit/short.ts";
import { Note } from "#components/ui/note.tsx";
import { Section } from "#components/ui/section.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";
import type { PreviewItem } from "#lib/requests/types.ts";
import { useRequestTerms } from "./terms.ts";

/** What goes and what stays and why: as it would be now, or as it was fixed when it was assessed. */
export function RequestPreview({ data }: { data: RequestPageData }) {
  const t = useTranslations("request");
  const { shown, shownDigest, isFixed, decisionLock, presentDigest } = data;
  if (shown === null) return null;
  return (
    <>
      {decisionLock === "preview_changed" && presentDigest !== null ? (
        <Note tone="warn">
          <b>{t("goes.changed")}</b> {t("goes.changedText", { digest: shortHash(presentDigest) })}
        </Note>
      ) : null}
      <Section
        title={t("goes.title")}
        about={t(isFixed ? "goes.fixed" : "goes.live")}
        end={
          shownDigest === null ? undefined : (
            <span className="m" title={shownDigest}>
              {t("goes.digest")} <span className="mono">{shortHash(shownDigest)}</span>
            </span>
          )
        }
      >
        {shown.goes.length === 0 ? (
          <p className="m2">{t(shown.stays.length === 0 ? "goes.nothingHeld" : "goes.nothing")}</p>
        ) : (
          <Items items={shown.goes} where={t("goes.where")} />
        )}
      </Section>
      <Section title={t("stays.title")} about={t("stays.about")}>
        {shown.stays.length === 0 ? (
          <p className="m2">{t("stays.nothing")}</p>
        ) : (
          <Items items={shown.stays} where={t("stays.kept")} />
        )}
        <p className="small m">{t("stays.never")}</p>
      </Section>
    </>
  );
}

function Items({ items, where }: { items: readonly PreviewItem[]; where: string }) {
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
            <td className="full">{terms.item(item.kind)}</td>
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
