"use client";

import { Flag, Milestone, Pause, Play, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { WordsField } from "#components/requests/words-field.tsx";
import type { ButtonLook } from "#components/ui/button.tsx";
import type { ApprovedLine, OfferedChange } from "./act-words.ts";
import { RolloutTrouble } from "./rollout-trouble.tsx";
import { useTold } from "./use-told.ts";

type ChangeDialogProps = {
  change: OfferedChange;
  look?: ButtonLook;
  letter?: string;
  danger?: boolean;
  environment: string;
};

const ICONS = {
  start: Milestone,
  advance: Milestone,
  hold: Pause,
  resume: Play,
  back: Undo2,
  off: null,
  finish: Flag,
} as const satisfies Record<OfferedChange["kind"], unknown>;

/** Whether somebody's next login goes another way by it: that is said until it is closed. */
const MOVES: Record<OfferedChange["kind"], boolean> = {
  start: true,
  advance: true,
  hold: false,
  resume: false,
  back: true,
  off: true,
  finish: false,
};

/** A change of the rollout: what it does in figures, exactly what is approved, and why. */
export function ChangeDialog({ change, look, letter, danger, environment }: ChangeDialogProps) {
  const t = useTranslations("rollout.act");
  const tell = useTold();
  const { kind, words, about, act } = change;
  const icon = ICONS[kind];
  return (
    <ActDialog
      opener={{
        text: words.opener,
        ...(look ? { look } : {}),
        ...(icon ? { icon } : {}),
        ...(letter ? { letter } : {}),
      }}
      title={words.title}
      {...(danger ? { danger } : {})}
      words={{ keep: words.keep, submit: words.submit, busy: words.busy }}
      act={act}
      about={about}
      onDone={({ isConfirmed }) =>
        tell(t(isConfirmed ? "done" : "doneUnknown", { what: words.done }), isConfirmed, MOVES[kind])
      }
    >
      {(errors) => (
        <>
          <p className="m2">{words.text}</p>
          {words.facts.length === 0 ? null : (
            <dl className="dl">
              {words.facts.map(({ name, value }) => (
                <Fragment key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </Fragment>
              ))}
            </dl>
          )}
          <Approved lines={words.lines} digest={about.digest} environment={environment} />
          <WordsField
            name="reason"
            label={t("reason")}
            help={t("reasonHelp")}
            rows={2}
            error={errors.reason ? t("reasonMissing") : undefined}
          />
          <RolloutTrouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

type ApprovedProps = { lines: readonly ApprovedLine[]; digest: string; environment: string };

/** Exactly what is approved: if anything of it changes first, nothing is sent. */
function Approved({ lines, digest, environment }: ApprovedProps) {
  const t = useTranslations("rollout.act");
  return (
    <section className="approve">
      <header>
        <h3>{t("approve")}</h3>
        <span className="mono small m" title={digest}>
          {t("digest", { digest: `${digest.slice(0, 8)} … ${digest.slice(-4)}` })}
        </span>
      </header>
      <table className="tbl free tight">
        <thead>
          <tr>
            <th scope="col">{t("inUnleash", { environment })}</th>
            <th scope="col" className="num">
              {t("now")}
            </th>
            <th scope="col" className="num">
              {t("then")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, isCode, now, later }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={isCode ? "num mono" : "num"}>{now}</td>
              <td className={later === null ? "num m" : "num b"}>{later ?? t("same")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small m">{t("voidIf")}</p>
    </section>
  );
}
