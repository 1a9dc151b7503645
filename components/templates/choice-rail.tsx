import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import type { TemplatesData } from "#lib/templates/types.ts";

/** What was chosen, by whom and why, and how far it is; before that, why it matters. */
export function ChoiceRail({ data }: { data: TemplatesData }) {
  const t = useTranslations("templates.rail");
  const format = useFormatter();
  const { progress, chosenBy, mayChoose } = data;
  if (progress === null)
    return (
      <RailSection title={t("why")}>
        <p className="m2">{t("whyText")}</p>
        <p className="small m">{t(mayChoose ? "noHurry" : "whoMay")}</p>
      </RailSection>
    );
  const { choice, chosenAt, reason, people, settled, doneAt, isLifting } = progress;
  return (
    <>
      <RailSection title={t("chosen")}>
        <dl className="dl">
          <dt>{t("choice")}</dt>
          <dd>{t(`name.${choice}`)}</dd>
          <dt>{t("by")}</dt>
          <dd>
            {chosenBy ?? t("former")}
            <br />
            <span className="m">{format.dateTime(chosenAt, "minute")}</span>
          </dd>
          <dt>{t("reason")}</dt>
          <dd className="breaks">{reason}</dd>
          <dt>{t("about")}</dt>
          <dd>{t("people", { people })}</dd>
          {choice === "keep" && !isLifting ? null : (
            <>
              <dt>{t(`done.${choice}`)}</dt>
              <dd>
                {t("people", { people: settled })}
                {doneAt === null ? <span className="m">, {t("goesOn")}</span> : null}
              </dd>
            </>
          )}
        </dl>
        {mayChoose ? null : <p className="small m">{t("whoMay")}</p>}
      </RailSection>
      {progress.lists.length === 0 ? null : <Lists data={data} />}
    </>
  );
}

function Lists({ data: { progress, mayReadLists } }: { data: TemplatesData }) {
  const t = useTranslations("templates.rail");
  return (
    <RailSection title={t("lists")}>
      <dl className="dl">
        {progress?.lists.map(({ id, name, state, rows }) => (
          <div key={id} style={{ display: "contents" }}>
            <dt>
              {mayReadLists ? (
                <Link href={`/requests/lists/${id}`} prefetch={false}>
                  {name}
                </Link>
              ) : (
                name
              )}
            </dt>
            <dd>
              {t("people", { people: rows })} <span className="m">{t(`list.${state}`)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="small m">{t("listsText")}</p>
    </RailSection>
  );
}
