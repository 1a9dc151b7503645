"use client";

import { Plus, Replace } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { CheckedPerson } from "./person-acts.ts";

type ReplacedListProps = { person: CheckedPerson; face: boolean; fingers: readonly FingerNumber[] };

/** What the captured pictures would replace or add, as known here, and that the rest stays. */
export function ReplacedList({ person, face, fingers }: ReplacedListProps) {
  const t = useTranslations("people.person.recapture");
  const names = useTranslations("people.person.finger");
  const basis = useTranslations("people.person.basis");
  const format = useFormatter();
  const since = person.enrolledAt === null ? "" : format.dateTime(person.enrolledAt, "day");
  const line = (key: string, name: string, held: boolean) => (
    <li key={key}>
      <b className="b">{name}</b>
      <Status kind={held ? "due" : "open"} icon={held ? Replace : Plus}>
        {held ? t("replaced", { since: since === "" ? "none" : "known", sinceText: since }) : t("added")}
      </Status>
    </li>
  );
  return (
    <div>
      <p className="m2">{t("text")}</p>
      <ul className="replaced" aria-label={t("what")}>
        {face ? line("face", t("face"), person.faceEnrolled) : null}
        {fingers.map((finger) =>
          line(`${finger}`, names(`${finger}`), person.fingersEnrolled.includes(finger)),
        )}
      </ul>
      <p className="small m">{t("basis", { basis: basis(person.legalBasis) })}</p>
    </div>
  );
}
