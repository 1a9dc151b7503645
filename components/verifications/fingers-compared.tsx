import { Check, Minus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FingerMark, Hands } from "#components/people/hands.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { type ComparedFinger, compareFingers, fingerRanges } from "#lib/history/rules.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type { Verification } from "#lib/verifications/types.ts";
import type { EnrolledFact } from "./types.ts";

type FingersComparedProps = { verification: Verification; enrolled: EnrolledFact };

/**
 * The fingers sent and what came of each. The API lists fingers that were never sent as not matched too; those say
 * nothing, and are shown so.
 */
export function FingersCompared({ verification: v, enrolled }: FingersComparedProps) {
  const t = useTranslations("verification.fingers");
  const people = useTranslations("people.person");
  const rows = compareFingers(v, enrolled);
  const label = rows
    .filter(({ sent }) => sent)
    .map(({ fingers, result }) => `${people(`finger.${fingers[0] ?? 1}`)}: ${t(result)}`)
    .join("; ");
  const unsent = v.fingersListed.filter((finger) => !v.fingersSent.includes(finger)).length;
  const hadVerdict = v.outcome === "matched" || v.outcome === "not_matched";
  const about = hadVerdict ? t("about", { listed: v.fingersListed.length, unsent }) : t("noVerdict");
  const yesNo = (is: boolean) => t(is ? "yes" : "no");
  return (
    <Section title={t("title")} about={about}>
      <div className="handrow">
        <Hands
          marks={marksOf(rows)}
          label={label}
          left={people("enrolled.left")}
          right={people("enrolled.right")}
        />
        <table className="tbl free">
          <thead>
            <tr>
              <th scope="col">{t("finger")}</th>
              <th scope="col">{t("enrolled")}</th>
              <th scope="col">{t("sent")}</th>
              <th scope="col">{t("listed")}</th>
              <th scope="col">{t("so")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.fingers.join()} className={row.sent ? undefined : "m2"}>
                <th scope="row">
                  <FingerNames row={row} />
                </th>
                <td>{row.enrolled === null ? t("notKnown") : yesNo(row.enrolled)}</td>
                <td>{yesNo(row.sent)}</td>
                <td>{yesNo(row.listed)}</td>
                <td className="nw">
                  <FingerResult result={row.result} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function FingerNames({ row: { fingers, sent } }: { row: ComparedFinger }) {
  const names = useTranslations("people.person.finger");
  const [first] = fingers;
  if (first !== undefined && (sent || fingers.length === 1)) return <>{`${first} ${names(`${first}`)}`}</>;
  return <span className="m2 plain">{fingerRanges(fingers)}</span>;
}

function marksOf(rows: readonly ComparedFinger[]): Partial<Record<FingerNumber, FingerMark>> {
  const markOf = ({ result, sent, enrolled }: ComparedFinger): FingerMark => {
    if (result !== "nothing") return result === "matched" ? "on" : "no";
    return enrolled === true || sent ? "had" : "off";
  };
  const of = (finger: FingerNumber) => rows.find(({ fingers }) => fingers.includes(finger));
  return Object.fromEntries(
    FINGER_NUMBERS.map((finger) => {
      const row = of(finger);
      return [finger, row ? markOf(row) : "off"];
    }),
  );
}

function FingerResult({ result }: Pick<ComparedFinger, "result">) {
  const t = useTranslations("verification.fingers");
  if (result === "nothing") {
    return (
      <Status kind="none" icon={Minus}>
        {t(result)}
      </Status>
    );
  }
  const matched = result === "matched";
  return (
    <Status kind={matched ? "ok" : "fail"} icon={matched ? Check : X}>
      {t(result)}
    </Status>
  );
}
