import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { PageHead } from "#components/ui/page-head.tsx";
import type { CohortFigures } from "#lib/early-adopters/types.ts";

type CohortHeadProps = {
  figures: CohortFigures;
  intent: { offersEarlyAdopters: boolean; halted: boolean };
};

/** How many the early adopters are and whether they are offered biometrics now, then how far they came. */
export function CohortHead({ figures, intent: { offersEarlyAdopters, halted } }: CohortHeadProps) {
  const t = useTranslations("earlyAdopters");
  const format = useFormatter();
  const { people, enrolled, recognised } = figures;
  const standing = halted ? "halted" : offersEarlyAdopters ? "offered" : "waiting";
  return (
    <>
      <PageHead
        crumb={
          <Link href="/rollout" prefetch={false}>
            {t("rollout")}
          </Link>
        }
        answer={t("answer", { people, enrolled, standing })}
        lead={t("lead", { standing })}
      />
      <section className="sec">
        <h2 className="vh">{t("figures.title")}</h2>
        <div className="figs">
          <div className="fig">
            <h3>{t("figures.people")}</h3>
            <div className="v">{format.number(people)}</div>
          </div>
          <div className="fig">
            <h3>{t("figures.enrolled")}</h3>
            <div className="v">{format.number(enrolled)}</div>
            <p>{t("figures.enrolledNote")}</p>
          </div>
          <div className="fig">
            <h3>{t("figures.recognised")}</h3>
            <div className="v">{format.number(recognised)}</div>
            <p>{t("figures.recognisedNote")}</p>
          </div>
        </div>
      </section>
    </>
  );
}
