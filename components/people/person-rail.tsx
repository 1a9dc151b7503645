import { useFormatter, useLocale, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { PersonFigures } from "#lib/history/types.ts";
import { FORMATS } from "#lib/i18n/formats.ts";
import type { Kept, PersonRecord } from "#lib/people/types.ts";

/** What happened to the person in thirty days, counted. */
export function Figures({ figures }: { figures: PersonFigures }) {
  const t = useTranslations("people.person.figures");
  const format = useFormatter();
  const median = figures.faceLatencyMsMedian;
  const locale = useLocale();
  return (
    <RailSection title={t("title")}>
      <dl className="dl">
        <dt>{t("logins")}</dt>
        <dd>{format.number(figures.logins)}</dd>
        <dt>{t("offered")}</dt>
        <dd>{format.number(figures.offered)}</dd>
        <dt>{t("completed")}</dt>
        <dd>{format.number(figures.completedBiometric)}</dd>
        <dt>{t("fellBack")}</dt>
        <dd>{format.number(figures.fellBack)}</dd>
        <dt>{t("verifications")}</dt>
        <dd>{format.number(figures.verifications)}</dd>
        <dt>{t("median")}</dt>
        <dd>{median === null ? "–" : formatLatency(median, locale)}</dd>
      </dl>
    </RailSection>
  );
}

/** The facts of the record itself; of the BioPassID no more than its end. */
export function Record({ person, kept }: { person: PersonRecord; kept: Kept }) {
  const t = useTranslations("people.person.record");
  const basis = useTranslations("people.person.basis");
  const format = useFormatter();
  const day = (at: Date | null) => (at ? format.dateTime(at, "day") : t("notYet"));
  return (
    <RailSection title={t("title")}>
      <dl className="dl">
        <dt>{t("customId")}</dt>
        <dd className="mono breaks">{person.customId}</dd>
        <dt>{t("bioPassId")}</dt>
        <dd>
          {person.bioPassIdEnding === null ? (
            <span className="m">{t("bioPassUnknown")}</span>
          ) : (
            <span className="mono">•••• {person.bioPassIdEnding}</span>
          )}
        </dd>
        <dt>{t("legalBasis")}</dt>
        <dd>{basis(person.legalBasis)}</dd>
        <dt>{t("known")}</dt>
        <dd>{day(person.createdAt)}</dd>
        <dt>{t("enrolledAt")}</dt>
        <dd>{day(person.enrolledAt)}</dd>
        <dt>{t("confirmed")}</dt>
        <dd>{day(person.confirmedAt)}</dd>
        <dt>{t("active")}</dt>
        <dd>{day(person.lastActiveAt)}</dd>
        <dt>{t("kept")}</dt>
        <dd>
          <KeptText kept={kept} />
        </dd>
      </dl>
      {person.bioPassIdEnding === null && person.status === "enrolled" ? (
        <p className="small m" style={{ paddingTop: 8 }}>
          {t("bioPassUnknownText")}
        </p>
      ) : null}
    </RailSection>
  );
}

/** Until when somebody who does not come again is kept. */
function KeptText({ kept: { until, isPast, isHeld } }: { kept: Kept }) {
  const t = useTranslations("people.person.record");
  const format = useFormatter();
  if (isHeld) return t("held");
  if (until === null) return t("noEnd");
  const day = format.dateTime(new Date(`${until}T12:00:00Z`), { ...FORMATS.dateTime.day, timeZone: "UTC" });
  return t(isPast ? "past" : "until", { day });
}
