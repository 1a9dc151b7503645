import { useFormatter, useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import { Section } from "#components/ui/section.tsx";
import { type Stage, Stages } from "#components/ui/stages.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Rotation, RotationStep } from "#lib/applications/types.ts";
import { MoveEnd } from "./end-keys.tsx";
import type { OfApplication } from "./types.ts";

const STEPS: readonly RotationStep[] = ["store", "use", "move", "end"];

/** How far the change from one key to the next has come, and what would go wrong at its end. */
export function RotationLine({ application, rotation, acts }: OfApplication & { rotation: Rotation }) {
  const t = useTranslations("applications.rotation");
  const format = useFormatter();
  const { name } = application;
  const { createdAt, createdByName } = rotation.successor;
  const when = format.dateTime(createdAt, "minute");
  return (
    <Section
      title={t("title", { name })}
      about={
        createdByName === null ? t("startedBySystem", { when }) : t("started", { when, who: createdByName })
      }
      end={acts === null ? undefined : <MoveEnd name={name} rotation={rotation} moveEnd={acts.moveEnd} />}
    >
      <Warning rotation={rotation} />
      <Stages label={t("title", { name })} stages={useStages(rotation)} />
    </Section>
  );
}

function useStages(rotation: Rotation): Stage[] {
  const t = useTranslations("applications.rotation");
  const format = useFormatter();
  const minute = (at: Date) => format.dateTime(at, "minute");
  const { old, successor, step, endsAt } = rotation;
  const { storedAt, firstUsedAt } = successor;
  const at = STEPS.indexOf(step);
  const captions: Record<RotationStep, Stage["caption"]> = {
    store: storedAt !== null ? minute(storedAt) : t(`caption.${firstUsedAt ? "storedByUse" : "notStored"}`),
    use: firstUsedAt ? minute(firstUsedAt) : t(`caption.${step === "use" ? "waitsForCall" : "firstCall"}`),
    move: <OldCalls old={old} step={step} />,
    end: old.state === "kept" ? t("caption.kept") : minute(endsAt),
  };
  return [
    { id: "made", name: t("steps.made"), caption: minute(successor.createdAt), state: "done" },
    ...STEPS.map((id, place): Stage => {
      const state = place < at ? "done" : place === at ? "now" : "later";
      return { id, name: t(`steps.${id}`), caption: captions[id], state };
    }),
  ];
}

function OldCalls({ old, step }: Pick<Rotation, "old" | "step">) {
  const t = useTranslations("applications.rotation.caption");
  if (step === "store" || step === "use") return t("silence");
  const { lastUsedAt } = old;
  if (lastUsedAt === null) return t("neverOld");
  const when = () => <Time at={lastUsedAt} />;
  return t.rich(step === "move" ? "lastOldAt" : "silentSinceAt", { when });
}

function Warning({ rotation: { warning, old, endsAt } }: { rotation: Rotation }) {
  const t = useTranslations("applications.rotation");
  const format = useFormatter();
  if (warning === null) return null;
  const day = format.dateTime(endsAt, "minute");
  const text =
    warning === "still_called"
      ? t("still_calledText", { calls: old.callsLastHour, day })
      : t(old.state === "kept" ? "keptText" : "unusedText", { day });
  return (
    <Note tone="warn">
      <b>{t(warning)}</b> {text}
    </Note>
  );
}
