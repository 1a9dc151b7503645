"use client";

import { Check, Mail, MailX } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { SecretBox } from "#components/forms/secret-box.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import type { HandedLink } from "#lib/members/types.ts";
import { useNewLink } from "./new-link.tsx";

/** The link that was just made, as long as this page may show it: to be handed over where no e-mail carried it. */
export function LinkShownOnce() {
  const t = useTranslations("members.once");
  const format = useFormatter();
  const { shown, hide } = useNewLink();
  if (shown === null) return null;
  const { address, email, purpose, expiresAt, hideAt } = shown;
  return (
    <Section title={t(`title.${purpose}`, { email })} about={t("about")}>
      <SecretBox key={address} secret={address} copied={t("copied", { email })} hideAt={hideAt}>
        <span>{t("works", { end: format.dateTime(expiresAt, "minute") })}</span>
        <MailNote link={shown} />
        <Button small icon={Check} onClick={hide}>
          {t("done")}
        </Button>
      </SecretBox>
    </Section>
  );
}

function MailNote({ link: { mail, email } }: { link: HandedLink }) {
  const t = useTranslations("members.once");
  const failures = useTranslations("notifications.failure");
  if (mail === "not_set") return <span>{t("notMailed")}</span>;
  if (mail === "sent")
    return (
      <span>
        <Icon of={Mail} size={14} tone="ok" /> {t("mailed", { email })}
      </span>
    );
  return (
    <span>
      <Icon of={MailX} size={14} tone="bad" /> {t("mailFailed")} {failures(mail)}
    </span>
  );
}
