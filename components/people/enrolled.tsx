import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { Person } from "#lib/people/types.ts";
import { FaceMark } from "./face-mark.tsx";
import { type FingerMark, Hands } from "./hands.tsx";

type EnrolledProps = Pick<Person, "faceEnrolled" | "fingersEnrolled" | "enrolledAt" | "confirmedAt">;

/** What of the person is enrolled: the drawing, and the same in words. */
export function Enrolled({ faceEnrolled, fingersEnrolled, enrolledAt, confirmedAt }: EnrolledProps) {
  const t = useTranslations("people.person");
  const format = useFormatter();
  const count = fingersEnrolled.length;
  const fingers = fingersEnrolled.filter(isFinger);
  const names = format.list(fingers.map((finger) => t(`finger.${finger}`)));
  const marks = Object.fromEntries(fingers.map((finger) => [finger, "on"])) as Partial<
    Record<FingerNumber, FingerMark>
  >;
  const since = enrolledAt ? format.dateTime(enrolledAt, "day") : "";
  return (
    <Section
      title={t("enrolled.title")}
      about={t("enrolled.about", {
        confirmed: confirmedAt ? "yes" : "none",
        confirmedText: confirmedAt ? format.dateTime(confirmedAt, "minute") : "",
      })}
    >
      <div className="enrolled">
        <div>
          <FaceMark
            enrolled={faceEnrolled}
            label={t(faceEnrolled ? "enrolled.faceYes" : "enrolled.faceNo")}
          />
          <p className="small">
            <b className="b">{t("enrolled.face")}</b>
            <br />
            <span className="m">{faceEnrolled ? since : t("enrolled.noFace")}</span>
          </p>
        </div>
        <div>
          <Hands
            marks={marks}
            label={t("enrolled.hands", { count, names })}
            left={t("enrolled.left")}
            right={t("enrolled.right")}
          />
          <p className="small">
            <b className="b">{t("enrolled.fingers", { count })}</b> <span className="m">{names}</span>
          </p>
        </div>
      </div>
    </Section>
  );
}

/** The ten positions the API numbers. */
export const isFinger = (finger: number): finger is FingerNumber =>
  Number.isInteger(finger) && finger >= 1 && finger <= 10;
