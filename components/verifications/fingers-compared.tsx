import { Check, Minus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FingerMark, Hands } from "#components/people/hands.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type { Verification } from "#lib/verifications/types.ts";

/**
 * The fingers sent and what came of each. The API lists fingers that were never sent as not matched too; those say
 * nothing, and are shown so.
 */
export function FingersCompared({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verifications.one");
  const people = useTranslations("people.person");
  const hadVerdict = v.outcome === "matched" || v.outcome === "not_matched";
  const stateOf = (finger: FingerNumber): "matched" | "not_matched" | "nothing" => {
    if (!v.fingersSent.includes(finger) || !hadVerdict) return "nothing";
    return v.fingersNotMatched.includes(finger) ? "not_matched" : "matched";
  };
  const markOf = (finger: FingerNumber): FingerMark => {
    const state = stateOf(finger);
    if (state !== "nothing") return state === "matched" ? "on" : "no";
    return v.fingersEnrolled?.includes(finger) ? "had" : "off";
  };
  const marks = Object.fromEntries(FINGER_NUMBERS.map((finger) => [finger, markOf(finger)])) as Record<
    FingerNumber,
    FingerMark
  >;
  const shown = FINGER_NUMBERS.filter(
    (finger) => v.fingersSent.includes(finger) || v.fingersEnrolled?.includes(finger),
  );
  const yesNo = (is: boolean) => t(is ? "yes" : "no");
  const label = v.fingersSent
    .map((finger) => `${people(`finger.${finger}`)}: ${t(`finger_${stateOf(finger)}`)}`)
    .join("; ");
  const unsent = v.fingersListed.filter((finger) => !v.fingersSent.includes(finger)).length;
  return (
    <Section title={t("fingers")} about={t("fingersAbout", { listed: v.fingersListed.length, unsent })}>
      <div className="handrow">
        <Hands marks={marks} label={label} left={people("enrolled.left")} right={people("enrolled.right")} />
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
            {shown.map((finger) => (
              <tr key={finger}>
                <th scope="row">
                  {finger} {people(`finger.${finger}`)}
                </th>
                <td>
                  {v.fingersEnrolled === null ? t("notKnown") : yesNo(v.fingersEnrolled.includes(finger))}
                </td>
                <td>{yesNo(v.fingersSent.includes(finger))}</td>
                <td>{yesNo(v.fingersListed.includes(finger))}</td>
                <td className="nw">
                  <FingerStatus state={stateOf(finger)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function FingerStatus({ state }: { state: "matched" | "not_matched" | "nothing" }) {
  const t = useTranslations("verifications.one");
  const text = t(`finger_${state}`);
  if (state === "nothing")
    return (
      <Status kind="none" icon={Minus}>
        {text}
      </Status>
    );
  return (
    <Status kind={state === "matched" ? "ok" : "fail"} icon={state === "matched" ? Check : X}>
      {text}
    </Status>
  );
}
