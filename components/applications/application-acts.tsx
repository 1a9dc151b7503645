"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { DISABLE_REASONS } from "#lib/applications/types.ts";
import { NameAndChannels, ReasonField } from "./form-fields.tsx";
import type { ApplicationActs, OfApplication } from "./types.ts";

type Of<K extends keyof ApplicationActs> = Pick<OfApplication, "application"> & Pick<ApplicationActs, K>;

/** Gives an application another name or other channels. */
export function ChangeApplication({ application, change }: Of<"change">) {
  const t = useTranslations("applications.change");
  const form = useTranslations("applications.form");
  const rail = useTranslations("applications.rail");
  const { id, name, channels, version } = application;
  return (
    <ActDialog
      opener={{ text: rail("change"), look: "link" }}
      title={t("title", { name })}
      words={{ keep: form("cancel"), submit: t("submit"), busy: t("busy") }}
      act={change}
      about={{ applicationId: id, version }}
    >
      {(errors) => (
        <>
          <NameAndChannels errors={errors} name={name} channels={channels} />
          <p className="m2">{t("text")}</p>
        </>
      )}
    </ActDialog>
  );
}

/** Stops an application: what its people will see comes before it. */
export function DisableApplication({ application, disable }: Of<"disable">) {
  const t = useTranslations("applications.disable");
  const toast = useToast();
  const format = useFormatter();
  const { id, name, version, keys, loginsLastDay } = application;
  return (
    <ActDialog
      opener={{ text: t("open"), look: "danger", small: true }}
      title={t("title", { name })}
      danger
      words={{ keep: t("keep"), submit: t("submit"), busy: t("busy") }}
      act={disable}
      about={{ applicationId: id, version }}
      onDone={() => toast({ text: t("done", { name }), stays: true })}
    >
      {(errors) => (
        <>
          <dl className="dl">
            <dt>{t("logins")}</dt>
            <dd>{format.number(loginsLastDay)}</dd>
            <dt>{t("calls")}</dt>
            <dd>{format.number(keys.reduce((sum, { callsLastHour }) => sum + callsLastHour, 0))}</dd>
            <dt>{t("sees")}</dt>
            <dd>{t("seesText")}</dd>
            <dt>{t("people")}</dt>
            <dd>{t("peopleText", { name })}</dd>
            <dt>{t("undo")}</dt>
            <dd>{t("undoText")}</dd>
          </dl>
          <ReasonField
            errors={errors}
            label={t("why")}
            reasons={DISABLE_REASONS.map((value) => ({ value, text: t(`reason.${value}`) }))}
          />
        </>
      )}
    </ActDialog>
  );
}

/** Lets a disabled application call again. */
export function EnableApplication({ application, enable }: Of<"enable">) {
  const t = useTranslations("applications.enable");
  const form = useTranslations("applications.form");
  const { id, name, version, keys } = application;
  return (
    <ActDialog
      opener={{ text: t("open"), small: true }}
      title={t("title", { name })}
      words={{ keep: form("cancel"), submit: t("submit"), busy: t("busy") }}
      act={enable}
      about={{ applicationId: id, version }}
    >
      <p className="m2">{t("text", { keys: keys.length })}</p>
    </ActDialog>
  );
}
