"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { REVOKE_REASONS, type Rotation } from "#lib/applications/types.ts";
import { DaysField, ReasonField } from "./form-fields.tsx";
import type { ApplicationActs, OfKey } from "./types.ts";

type OfRotation = { name: string; rotation: Rotation };

/** Moves the day on which the old key ends by itself. */
export function MoveEnd({ name, rotation, moveEnd }: OfRotation & Pick<ApplicationActs, "moveEnd">) {
  const t = useTranslations("applications.moveEnd");
  const form = useTranslations("applications.form");
  return (
    <ActDialog
      opener={{ text: t("open"), look: "link" }}
      title={t("title", { name })}
      words={{ keep: form("cancel"), submit: t("submit"), busy: t("busy") }}
      act={moveEnd}
      about={{ keyId: rotation.old.id }}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text")}</p>
          <DaysField errors={errors} name="endsInDays" />
        </>
      )}
    </ActDialog>
  );
}

/** Ends an old key that nobody calls with any more. */
export function EndKey({ name, rotation, endKey }: OfRotation & Pick<ApplicationActs, "endKey">) {
  const t = useTranslations("applications.end");
  const form = useTranslations("applications.form");
  const { old, successor } = rotation;
  return (
    <ActDialog
      opener={{ text: t("open"), small: true }}
      title={t("title", { ending: old.ending, name })}
      words={{ keep: form("cancel"), submit: t("submit"), busy: t("busy") }}
      act={endKey}
      about={{ keyId: old.id }}
    >
      <p className="m2">{t("text", { other: successor.ending })}</p>
    </ActDialog>
  );
}

/** Ends a key at once, whoever calls with it: what that means comes before it. */
export function RevokeKey({
  application,
  of,
  revokeKey,
}: Omit<OfKey, "acts"> & Pick<ApplicationActs, "revokeKey">) {
  const t = useTranslations("applications.revoke");
  const toast = useToast();
  const { name, keys } = application;
  const { ending } = of;
  return (
    <ActDialog
      opener={{ text: t("open"), look: "link" }}
      title={t("title", { ending, name })}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={revokeKey}
      about={{ keyId: of.id }}
      onDone={() => toast({ text: t("done", { ending, name }), stays: true })}
    >
      {(errors) => (
        <>
          <RevokeFacts name={name} of={of} other={keys.find(({ id }) => id !== of.id)} />
          <ReasonField
            errors={errors}
            label={t("why")}
            reasons={REVOKE_REASONS.map((value) => ({ value, text: t(`reason.${value}`) }))}
          />
        </>
      )}
    </ActDialog>
  );
}

type RevokeFactsProps = { name: string; of: OfKey["of"]; other: OfKey["of"] | undefined };

function RevokeFacts({ name, of, other }: RevokeFactsProps) {
  const t = useTranslations("applications.revoke");
  const format = useFormatter();
  const goesOn =
    other === undefined
      ? t("noOther")
      : t(other.firstUsedAt === null ? "otherUnused" : "otherKey", { ending: other.ending });
  return (
    <dl className="dl">
      <dt>{t("calls")}</dt>
      <dd>{format.number(of.callsLastHour)}</dd>
      <dt>{t("sees", { name })}</dt>
      <dd>{t("seesText")}</dd>
      <dt>{t("other")}</dt>
      <dd>{goesOn}</dd>
      <dt>{t("undo")}</dt>
      <dd>{t("undoText")}</dd>
    </dl>
  );
}
