"use client";

import { OctagonPause } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { Act, FieldErrors } from "#components/forms/types.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import { useTold } from "#components/rollout/use-told.ts";
import { Note } from "#components/ui/note.tsx";

type Done = { isConfirmed: boolean };

/** What is done about a halt, as the app's actions; null where the reader may not. */
export type HaltActs = { halt: Act<Done> | null; release: Act<Done> | null };

type HaltProps = { percent: number; act: Act<Done> };

/** Puts everybody on the legacy login, from any page. */
export function Halt({ percent, act }: HaltProps) {
  const t = useTranslations("shell.strip.halting");
  const open = useTranslations("shell.strip");
  const tell = useTold();
  return (
    <ActDialog
      opener={{ text: open("halt"), look: "danger", small: true, icon: OctagonPause }}
      title={t("title")}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={{}}
      onDone={({ isConfirmed }) => tell(t(isConfirmed ? "done" : "doneWithout"), isConfirmed)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text", { percent })}</p>
          <WordsField name="reason" label={t("reason")} help={t("help")} rows={2} />
          <Trouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

/** Lets the people in again whom the intent names, as it stood when it was halted. */
export function ReleaseHalt({ percent, version, act }: HaltProps & { version: number }) {
  const t = useTranslations("shell.strip.release");
  const tell = useTold();
  return (
    <ActDialog
      opener={{ text: t("open"), small: true }}
      title={t("title")}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={{ version }}
      onDone={({ isConfirmed }) => tell(t(isConfirmed ? "done" : "doneUnknown"), isConfirmed)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text", { percent })}</p>
          <WordsField
            name="reason"
            label={t("reason")}
            help={t("help")}
            rows={2}
            error={errors.reason ? t("missing") : undefined}
          />
          <Trouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

const TOLD = [
  "halted",
  "not_halted",
  "stale_version",
  "being_changed",
  "not_as_seen",
  "unreachable",
  "token_refused",
] as const;

/** Why it was not done, and what to do next. */
function Trouble({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("shell.strip.trouble");
  const [code] = errors.rollout ?? [];
  if (code === undefined) return null;
  return <Note tone="warn">{t(TOLD.find((one) => one === code) ?? "other")}</Note>;
}
