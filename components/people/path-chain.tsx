import { ArrowRight, Check, TriangleAlert, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ExplainedPath, PathStep } from "#lib/people/rules.ts";
import type { Exposure, Person } from "#lib/people/types.ts";
import { throughOf } from "#lib/rollout/rules.ts";

type PathChainProps = {
  path: ExplainedPath;
  person: Pick<
    Person,
    "bucket" | "isEarlyAdopter" | "faceEnrolled" | "fingersEnrolled" | "failuresInARow" | "pausedUntil"
  >;
  exposure: Exposure | null;
  pause: { limit: number; minutes: number };
};

/** Which path the next login gets, step by step, by the rule the gateways use. */
export function PathChain({ path, person, exposure, pause }: PathChainProps) {
  const t = useTranslations("people.person.path");
  const why = useTranslations("people.why");
  const percent = exposure?.exposurePercent ?? 0;
  return (
    <Section title={t("title")}>
      <ul className="chain">
        {path.steps.map((step) => (
          <Step key={step.asked} step={step} person={person} exposure={exposure} pause={pause} />
        ))}
        <li className="chain-end">
          <Icon of={ArrowRight} />
          <span className="b">
            {path.path === "biometric" ? t("biometric") : t("legacy", { why: why(path.reason, { percent }) })}
          </span>
        </li>
      </ul>
    </Section>
  );
}

type StepProps = Omit<PathChainProps, "path"> & { step: PathStep };

function Step({ step: { asked, passed }, person, exposure, pause }: StepProps) {
  const t = useTranslations("people.person.path");
  const enrolled = useTranslations("people.person.enrolled");
  const format = useFormatter();
  const isNear = asked === "failures" && passed && person.failuresInARow > 0;
  const line = (key: string, value: ReactNode, note?: ReactNode) => (
    <li>
      <Icon of={isNear ? TriangleAlert : passed ? Check : X} tone={isNear ? "warn" : passed ? "ok" : "bad"} />
      <span className="k">{key}</span>
      <span>
        {value} {note === undefined ? null : <span className="m">{note}</span>}
      </span>
    </li>
  );
  switch (asked) {
    case "halt":
      return line(t("halt"), t(passed ? "haltOff" : "haltOn"), t(passed ? "haltOffText" : "haltOnText"));
    case "exposure": {
      const key = t("exposure", { percent: exposure?.exposurePercent ?? 0 });
      if (exposure === null) return line(key, t("exposureUnset"));
      return line(
        key,
        t(passed ? "exposureIn" : "exposureOut"),
        throughOf(person, exposure) === "cohort"
          ? t("exposureCohort")
          : t("exposureText", { bucket: person.bucket }),
      );
    }
    case "enrolled": {
      if (!passed) return line(t("enrolled"), t("enrolledNo"), t("enrolledNoText"));
      const count = person.fingersEnrolled.length;
      const modalities = person.faceEnrolled ? (count > 0 ? "both" : "face") : count > 0 ? "fingers" : "none";
      return line(t("enrolled"), enrolled("summary", { modalities, count }));
    }
    case "held_back":
      return passed
        ? line(t("heldBack"), t("heldBackNo"), t("heldBackNoText"))
        : line(t("heldBack"), t("heldBackYes"), t("heldBackYesText"));
    case "circuit":
      return line(t("circuit"), t("circuitHeld"), t("circuitHeldText"));
    case "failures": {
      const value = t("failuresOf", { count: person.failuresInARow, limit: pause.limit });
      if (passed || person.pausedUntil === null)
        return line(t("failures"), value, t("failuresText", { minutes: pause.minutes }));
      return line(t("failures"), value, t("paused", { until: format.dateTime(person.pausedUntil, "clock") }));
    }
  }
}
