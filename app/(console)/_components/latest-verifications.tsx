import Link from "next/link";
import { useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import { Time } from "#components/ui/time.tsx";
import type { VerificationOutcome } from "#lib/logins/schema.ts";
import type { VerificationRow } from "#lib/verifications/types.ts";

const KINDS: Record<VerificationOutcome, StatusKind> = {
  matched: "ok",
  not_matched: "fail",
  capture_refused: "due",
  spoof_suspected: "over",
  api_error: "unknown",
};

/** The last few verifications, newest first, each leading to its person. */
export function LatestVerifications({ rows }: { rows: VerificationRow[] }) {
  const t = useTranslations("overview.figures.latest");
  const terms = useTranslations("terms");
  return (
    <Section
      title={t("title")}
      end={
        <Link href="/verifications" prefetch={false}>
          {t("all")}
        </Link>
      }
    >
      {rows.length === 0 ? (
        <p className="m">{t("none")}</p>
      ) : (
        <table className="tbl stack free">
          <thead>
            <tr>
              <th scope="col">{t("person")}</th>
              <th scope="col">{t("result")}</th>
              <th scope="col">{t("what")}</th>
              <th scope="col" className="num">
                {t("time")}
              </th>
              <th scope="col" className="num">
                {t("when")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Subject subject={row.subject} />
                </td>
                <td className="end-s">
                  <Status kind={KINDS[row.outcome]} quiet={row.outcome === "matched"}>
                    {terms(`verificationReason.${row.reason}`)}
                  </Status>
                </td>
                <td className="m2">{terms(`modality.${row.modality}`)}</td>
                <td className="num m2 hide-s">
                  {row.apiLatencyMs === null ? "–" : t("ms", { ms: row.apiLatencyMs })}
                </td>
                <td className="num m">
                  <Time at={row.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function Subject({ subject }: { subject: VerificationRow["subject"] }) {
  const t = useTranslations("overview.figures.latest");
  if (subject === null) return <span className="m">{t("hidden")}</span>;
  if (subject.state !== "known") return <span className="m">{t(subject.state)}</span>;
  return (
    <Link className="mono" href={`/people/${subject.personId}`} prefetch={false}>
      {subject.customId}
    </Link>
  );
}
