import { ArrowUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Section } from "#components/ui/section.tsx";
import { FirstLoginWatch } from "./first-login-watch.tsx";

/** The four steps from an empty installation to the first login in the history. */
export function FirstSteps({ sandbox }: { sandbox: boolean }) {
  const t = useTranslations("overview.first");
  return (
    <Section title={t("begin")}>
      <ol className="steps">
        <li className="now">
          <span>
            <b>{t("open.title")}</b>
            <small>{t("open.text")}</small>
          </span>
          <ButtonLink look="primary" href="/sample" icon={ArrowUpRight} external>
            {t("open.act")}
          </ButtonLink>
        </li>
        <li>
          <span>
            <b>{t("enrol.title")}</b>
            <small>{t("enrol.text", { api: sandbox ? "sandbox" : "real" })}</small>
          </span>
          <span className="m small">{t("enrol.hint")}</span>
        </li>
        <li>
          <span>
            <b>{t("try.title")}</b>
            <small>{t("try.text")}</small>
          </span>
          <span className="m small">{t("try.hint")}</span>
        </li>
        <li>
          <span>
            <b>{t("back.title")}</b>
            <small>{t("back.text")}</small>
          </span>
          <ClientMessages rooms={["overview"]}>
            <FirstLoginWatch />
          </ClientMessages>
        </li>
      </ol>
    </Section>
  );
}
