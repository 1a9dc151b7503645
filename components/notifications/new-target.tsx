"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import type { ActionError } from "#lib/errors.ts";
import { eventsFor } from "#lib/notifications/rules.ts";
import { TARGET_KINDS, type TargetKind } from "#lib/notifications/schema.ts";
import { FailureNote } from "./failure-note.tsx";
import { SecretOnce } from "./secret-once.tsx";
import { type Chosen, TargetFields } from "./target-fields.tsx";
import type { CreateTarget } from "./types.ts";

type NewTargetProps = { create: CreateTarget; canMail: boolean };

/** What was chosen before the kind was changed may not be for this kind. */
function inputOf(kind: TargetKind, address: string, chosen: Chosen) {
  const events = chosen.events.filter((event) => eventsFor(kind).includes(event));
  return { kind, address: address.trim(), ...chosen, events };
}

/** Makes a target; a webhook's secret is then shown in the same dialog, once. */
export function NewTarget({ canMail, ...acts }: NewTargetProps) {
  const create = useProven(acts.create);
  const t = useTranslations("notifications");
  const formId = useId();
  const locale = useLocale() === "pt-BR" ? "pt-BR" : "en";
  const fresh: Chosen = { name: "", events: eventsFor("email"), locale };
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<TargetKind>("webhook");
  const [address, setAddress] = useState("");
  const [chosen, setChosen] = useState(fresh);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const [secret, setSecret] = useState<string | null>(null);

  function close() {
    setOpen(false);
    if (secret !== null) setSecret(null);
  }

  async function make() {
    if (busy) return;
    setBusy(true);
    setError(null);
    const result = await create(inputOf(kind, address, chosen));
    setBusy(false);
    if (!result.ok) return setError(result.error);
    setAddress("");
    setChosen(fresh);
    if (result.data.secret === null) setOpen(false);
    else setSecret(result.data.secret);
  }

  return (
    <>
      <Button icon={Plus} onClick={() => setOpen(true)}>
        {t("new.open")}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={t(secret === null ? "new.title" : "once.title")}
        footer={
          secret === null ? (
            <>
              <Button onClick={close}>{t("new.cancel")}</Button>
              <Button type="submit" form={formId} look="primary" aria-disabled={busy}>
                {t("new.do")}
              </Button>
            </>
          ) : (
            <Button onClick={close}>{t("once.stored")}</Button>
          )
        }
      >
        {secret === null ? (
          <form
            id={formId}
            className="form target-form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void make();
            }}
          >
            <label className="field">
              <span>{t("form.kind")}</span>
              <select
                className="in"
                value={kind}
                onChange={(event) => setKind(event.currentTarget.value as TargetKind)}
              >
                {TARGET_KINDS.map((each) => (
                  <option key={each} value={each}>
                    {t(`kind.${each}`)}
                  </option>
                ))}
              </select>
              {kind === "email" && !canMail ? <small>{t("form.noMail")}</small> : null}
            </label>
            <Field
              label={t(`form.address.${kind}`)}
              help={t(`form.addressHelp.${kind}`)}
              name="address"
              type={kind === "email" ? "email" : "url"}
              autoComplete="off"
              maxLength={500}
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
              error={error?.fields?.address === undefined ? undefined : t(`form.addressWrong.${kind}`)}
            />
            <TargetFields kind={kind} chosen={chosen} onChange={setChosen} errors={error?.fields} />
            {error === null || error.fields !== undefined ? null : <FailureNote error={error} />}
          </form>
        ) : (
          <SecretOnce secret={secret} />
        )}
      </Dialog>
    </>
  );
}
