"use client";

import { KeyRound, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { DaysField, NameAndChannels } from "./form-fields.tsx";
import { useNewKey } from "./new-key.tsx";
import type { ApplicationActs, OfApplication } from "./types.ts";

/** Makes an application and shows its first key. */
export function NewApplication({ create }: Pick<ApplicationActs, "create">) {
  const t = useTranslations("applications.new");
  const form = useTranslations("applications.form");
  const router = useRouter();
  const { show } = useNewKey();
  return (
    <ActDialog
      opener={{ text: t("open"), icon: Plus }}
      title={t("title")}
      words={{ keep: form("cancel"), submit: t("submit"), busy: t("busy") }}
      act={create}
      about={{}}
      onDone={(made) => {
        show(made);
        router.push(`/settings/applications?application=${made.applicationId}`, { scroll: false });
      }}
    >
      {(errors) => (
        <>
          <p className="m2">{t("text")}</p>
          <NameAndChannels errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

/** Makes the next key and shows it; the one in use gets its end. */
export function NextKey({ application, makeKey }: OfApplicationOnly & Pick<ApplicationActs, "makeKey">) {
  const t = useTranslations("applications.nextKey");
  const form = useTranslations("applications.form");
  const { show } = useNewKey();
  const { id, name, keys } = application;
  return (
    <ActDialog
      opener={{ text: t("open"), small: true, icon: KeyRound }}
      title={t("title", { name })}
      words={{ keep: form("cancel"), submit: t("submit"), busy: t("busy") }}
      act={makeKey}
      // Without a key in use nothing ends, and the days are not asked for.
      about={{ applicationId: id, ...(keys.length === 0 ? { oldEndsInDays: 1 } : {}) }}
      onDone={show}
    >
      {(errors) => (
        <>
          <p className="m2">{t(keys.length === 0 ? "first" : "text")}</p>
          {keys.length === 0 ? null : <DaysField errors={errors} name="oldEndsInDays" />}
        </>
      )}
    </ActDialog>
  );
}

type OfApplicationOnly = Pick<OfApplication, "application">;
