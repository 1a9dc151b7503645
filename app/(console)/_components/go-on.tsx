import { Code, Plug } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { Site } from "#lib/overview/types.ts";

/** What follows the trial. */
export function GoOn({ site }: { site: Site }) {
  const t = useTranslations("overview.first.goOn");
  return (
    <RailSection title={t("title")}>
      <ul className="todo">
        {site.embedded.api ? (
          <li>
            <Icon of={Plug} />
            <span className="med">{t("api")}</span>
            <small>{t("apiText")}</small>
          </li>
        ) : null}
        <li>
          <Icon of={Code} />
          <a href={new URL("/docs", site.gatewayUrl).href}>{t("app")}</a>
          <small>{t("appText")}</small>
        </li>
      </ul>
    </RailSection>
  );
}
