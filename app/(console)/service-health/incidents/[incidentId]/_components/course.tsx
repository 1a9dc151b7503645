import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "#components/ui/section.tsx";
import type { IncidentMoment, TellingCount } from "#lib/incident-page/types.ts";
import type { IncidentProps } from "./incident-view.tsx";

/** How the incident went on, moment by moment. */
export function Course({ data: { course } }: IncidentProps) {
  const t = useTranslations("incident.course");
  const format = useFormatter();
  return (
    <Section title={t("title")}>
      <table className="tbl free course">
        <thead className="vh">
          <tr>
            <th scope="col">{t("when")}</th>
            <th scope="col">{t("what")}</th>
          </tr>
        </thead>
        <tbody>
          {course.map((moment) => (
            <tr key={`${moment.kind} ${moment.at.toISOString()}`}>
              <td className="m nw">
                <time dateTime={moment.at.toISOString()}>{format.dateTime(moment.at, "exact")}</time>
              </td>
              <td>
                <Moment moment={moment} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Moment({ moment }: { moment: IncidentMoment }): ReactNode {
  const t = useTranslations("incident.course");
  const parts = useTranslations("serviceHealth.parts");
  const someone = useTranslations("serviceHealth.circuit")("someone");
  const format = useFormatter();
  switch (moment.kind) {
    case "opened":
    case "last_seen":
    case "closed":
      return t(moment.kind);
    case "told":
      return <Told telling={moment.telling} />;
    case "also":
      return (
        <Link href={`/service-health/incidents/${moment.incidentId}`} prefetch={false}>
          {t("also", { part: parts(moment.part) })}
        </Link>
      );
    case "held":
    case "given_back": {
      const { by, heldUntil, reason } = moment.use;
      const until = heldUntil === null ? "" : format.dateTime(heldUntil, "clock");
      return t(moment.kind, { by: by ?? someone, until, reason });
    }
  }
}

function Told({ telling: { type, delivered, waiting, givenUp } }: { telling: TellingCount }) {
  const t = useTranslations("incident.course");
  const what = t(type === "incident.opened" ? "toldOpening" : "toldEnd");
  if (delivered + waiting + givenUp === 0) return `${what} ${t("nobody")}`;
  return `${what} ${t("reached", { delivered, waiting, givenUp })}`;
}
