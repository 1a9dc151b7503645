import { AppWindow, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { DeveloperFacts, DeveloperFile } from "#lib/postman/types.ts";
import styles from "./developer-downloads.module.css";

const addressOf = (file: DeveloperFile): string => `/api/integration/downloads/${file}`;

const COLLECTIONS = {
  gateway: "gateway.postman_collection.json",
  api: "multibiometrics.postman_collection.json",
} as const;
const ENVIRONMENTS = {
  gateway: "gateway.postman_environment.json",
  sandbox: "multibiometrics-sandbox.postman_environment.json",
  staging: "multibiometrics-staging.postman_environment.json",
  production: "multibiometrics-production.postman_environment.json",
} as const;

/** What a developer takes along from the console, as a part of the rail. */
export function DeveloperDownloads({ requests, hasSample }: DeveloperFacts) {
  const t = useTranslations("developerKit");
  return (
    <RailSection title={t("title")}>
      <ul className="todo">
        <li>
          <Icon of={Download} size={16} />
          <a href={addressOf("gateway.openapi.yaml")}>{t("openapi")}</a>
          <small>{t("openapiAbout")}</small>
        </li>
        <li>
          <Icon of={Download} size={16} />
          <b className="med">{t("collections")}</b>
          <small>{t("collectionsAbout", { count: requests })}</small>
          <span className={styles.files}>
            <a href={addressOf(COLLECTIONS.gateway)}>{t("gateway")}</a>
            <a href={addressOf(COLLECTIONS.api)}>{t("api")}</a>
          </span>
          <small>{t("environments")}</small>
          <span className={styles.files}>
            <a href={addressOf(ENVIRONMENTS.gateway)}>{t("gateway")}</a>
            <a href={addressOf(ENVIRONMENTS.sandbox)}>{t("sandbox")}</a>
            <a href={addressOf(ENVIRONMENTS.staging)}>{t("staging")}</a>
            <a href={addressOf(ENVIRONMENTS.production)}>{t("production")}</a>
          </span>
        </li>
        {hasSample ? (
          <li>
            <Icon of={AppWindow} size={16} />
            <a href="/sample">{t("sample")}</a>
            <small>{t("sampleAbout")}</small>
          </li>
        ) : null}
      </ul>
    </RailSection>
  );
}
