"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act, FieldErrors } from "#components/forms/types.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import { useTold } from "#components/rollout/use-told.ts";
import { HOLD_MINUTES } from "#lib/circuit/schema.ts";

type CircuitActsProps = {
  isHeld: boolean;
  /** The setting of the switch that an act is thought out on. */
  version: number;
  acts: { open: Act<null>; release: Act<null> };
};

/** The circuit's hand switch: holds it open until a time, or gives it back to itself. */
export function CircuitActs({ isHeld, version, acts }: CircuitActsProps) {
  return (
    <div className="acts" style={{ paddingTop: 8 }}>
      {isHeld ? <Release version={version} act={acts.release} /> : null}
      <Hold isHeld={isHeld} version={version} act={acts.open} />
    </div>
  );
}

function Hold({ isHeld, version, act }: { isHeld: boolean; version: number; act: Act<null> }) {
  const t = useTranslations("circuit.hold");
  const tell = useTold();
  const id = useId();
  return (
    <ActDialog
      opener={{ text: t(isHeld ? "longer" : "open"), ...(isHeld ? {} : { look: "danger" }) }}
      title={t("title")}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={{ version }}
      onDone={() => tell(t("done"), true)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text")}</p>
          <p className="m2">{t("halt")}</p>
          <div className="field">
            <label htmlFor={id}>{t("howLong")}</label>
            <select id={id} className="in" name="minutes">
              {HOLD_MINUTES.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {t(`for.${minutes}`)}
                </option>
              ))}
            </select>
          </div>
          <Reason errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

function Release({ version, act }: { version: number; act: Act<null> }) {
  const t = useTranslations("circuit.release");
  const tell = useTold();
  return (
    <ActDialog
      opener={{ text: t("open") }}
      title={t("title")}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={{ version }}
      onDone={() => tell(t("done"), true)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text")}</p>
          <Reason errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

function Reason({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("circuit.hold");
  return (
    <WordsField
      name="reason"
      label={t("reason")}
      help={t("reasonHelp")}
      error={errors.reason ? t("reasonMissing") : undefined}
      rows={2}
      longest={300}
    />
  );
}
