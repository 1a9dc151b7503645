"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import type { FieldErrors } from "#components/forms/types.ts";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import type { Batch } from "#lib/request-batches/types.ts";
import type { BatchActs } from "./batch-types.ts";

type Of<Name extends keyof BatchActs> = { batch: Batch; act: BatchActs[Name] };

const aboutOf = ({ id, version }: Batch) => ({ batchId: id, version });

/** Lets the good rows of a list become requests, in the words of whoever looked at them. */
export function AssessBatch({
  batch,
  good,
  act,
  anew = false,
}: Of<"assess"> & { good: number; anew?: boolean }) {
  const t = useTranslations("batches.act.assess");
  return (
    <ActDialog
      opener={{ text: t(anew ? "openAnew" : "open", { good }), look: "primary", letter: "o" }}
      title={t("title", { good })}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={aboutOf(batch)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text", { good })}</p>
          <Words name="assessment" label={t("words")} help={t("help")} errors={errors} />
          <Trouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

/** The second person lets all of a list be carried out. */
export function ApproveBatch({
  batch,
  people,
  delayHours,
  act,
}: Of<"approve"> & { people: number; delayHours: number }) {
  const t = useTranslations("batches.act.approve");
  return (
    <ActDialog
      opener={{ text: t("open", { people }), look: "primary", letter: "a" }}
      title={t("title", { people })}
      danger
      words={{ keep: t("keep"), submit: t("submit", { people }), busy: t("busy") }}
      act={act}
      about={{ ...aboutOf(batch), previewDigest: batch.previewDigest ?? "" }}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text", { people, hours: delayHours })}</p>
          <p className="m2">{t("bound")}</p>
          <Trouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

/** Takes a list back. */
export function WithdrawBatch({ batch, act }: Of<"withdraw">) {
  const t = useTranslations("batches.act.withdraw");
  return (
    <ActDialog
      opener={{ text: t("open"), look: "link" }}
      title={t("title", { name: batch.name })}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={aboutOf(batch)}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text")}</p>
          <Words name="reason" label={t("reason")} help={t("help")} errors={errors} />
          <Trouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

/** Stops the sending for now; P asks. */
export function PauseBatch({ batch, act }: Of<"pause">) {
  const t = useTranslations("batches.act.pause");
  return (
    <Simple batch={batch} act={act} t={t} icon={Pause}>
      {t("text")}
    </Simple>
  );
}

/** Lets the sending go on; P asks. */
export function ResumeBatch({ batch, act }: Of<"resume">) {
  const t = useTranslations("batches.act.resume");
  return (
    <Simple batch={batch} act={act} t={t} icon={Play}>
      {t("text")}
    </Simple>
  );
}

type SimpleProps = Of<"pause"> & {
  t: (key: "open" | "title" | "keep" | "submit" | "busy") => string;
  icon: typeof Pause;
  children: ReactNode;
};

function Simple({ batch, act, t, icon, children }: SimpleProps) {
  return (
    <ActDialog
      opener={{ text: t("open"), icon, letter: "p" }}
      title={t("title")}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={aboutOf(batch)}
    >
      <p className="m2">{children}</p>
    </ActDialog>
  );
}

/** How many people a minute are sent, at most as many as the installation allows. */
export function ChangePace({ batch, now, most, act }: Of<"pace"> & { now: number; most: number }) {
  const t = useTranslations("batches.act.pace");
  return (
    <ActDialog
      opener={{ text: t("open"), look: "link" }}
      title={t("title")}
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={act}
      about={aboutOf(batch)}
    >
      {(errors) => (
        <Field
          label={t("label")}
          name="peoplePerMinute"
          type="number"
          min={1}
          max={most}
          defaultValue={now}
          help={t("help", { most })}
          error={errors.peoplePerMinute ? t("wrong", { most }) : undefined}
        />
      )}
    </ActDialog>
  );
}

type WordsProps = { name: string; label: string; help: string; errors: FieldErrors };

function Words({ name, label, help, errors }: WordsProps) {
  const t = useTranslations("batches.act");
  const id = useId();
  const isWrong = errors[name] !== undefined;
  return (
    <div className={isWrong ? "field err" : "field"}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        className="in"
        rows={3}
        aria-describedby={`${id}-note`}
        aria-invalid={isWrong || undefined}
      />
      <small id={`${id}-note`}>{isWrong ? t("wordsMissing") : help}</small>
    </div>
  );
}

function Trouble({ errors: { batch } }: { errors: FieldErrors }) {
  const t = useTranslations("batches.trouble");
  const known = ["nothing_good", "not_second_person", "preview_changed", "approval_expired"] as const;
  const code = known.find((one) => one === batch?.[0]);
  return code === undefined ? null : <Note tone="bad">{t(code)}</Note>;
}
