import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { RailSection } from "#components/ui/section.tsx";
import type { Due } from "#lib/deadlines/types.ts";
import type { Right } from "#lib/requests/types.ts";
import { DueDay, DueRule } from "./due.tsx";
import type { IntakeInput } from "./new-request.tsx";
import { useRequestTerms } from "./terms.ts";

type IntakeDuesProps = {
  input: Pick<IntakeInput, "rights" | "regimes" | "receivedOn">;
  today: string;
  timeZone: string;
};

/** Until when each right that is chosen would have to be answered, and whose number that is. */
export function IntakeDues({ input, today, timeZone }: IntakeDuesProps) {
  const t = useTranslations("requests.new.due");
  const terms = useRequestTerms();
  const dues = useDues(input, today, timeZone);
  return (
    <RailSection title={t("title")}>
      {dues.length === 0 ? <p className="m">{t("choose")}</p> : null}
      <ul className="intake-dues" aria-live="polite">
        {dues.map(({ right, due }) => (
          <li key={right}>
            <span>{terms.right(right)}</span>
            <b>
              <DueDay due={due} />
            </b>
            <span className="m small">
              <DueRule due={due} />
            </span>
          </li>
        ))}
      </ul>
    </RailSection>
  );
}

/** The calendar comes when it is needed: it is not part of what the page waits for. */
function useDues({ rights, regimes, receivedOn }: IntakeDuesProps["input"], today: string, timeZone: string) {
  const [dues, setDues] = useState<{ right: Right; due: Due }[]>([]);
  useEffect(() => {
    let isCurrent = true;
    async function count() {
      const { dueOf, receiptOn } = await import("#lib/deadlines/rules.ts");
      if (!isCurrent) return;
      const now = new Date();
      const isDay = /^\d{4}-\d\d-\d\d$/.test(receivedOn) && receivedOn <= today;
      const receivedAt = isDay ? receiptOn(receivedOn, now, timeZone) : null;
      if (receivedAt === null || regimes.length === 0) {
        setDues([]);
        return;
      }
      const clock = { receivedAt, extendedAt: null, identityQuestions: [] };
      const given = { closedAt: null, now, timeZone };
      setDues(rights.map((right) => ({ right, due: dueOf(right, regimes, clock, given) })));
    }
    void count();
    return () => {
      isCurrent = false;
    };
  }, [rights, regimes, receivedOn, today, timeZone]);
  return dues;
}
