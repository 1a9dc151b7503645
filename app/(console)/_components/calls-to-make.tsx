import { useTranslations } from "next-intl";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Section } from "#components/ui/section.tsx";
import { FirstLoginWatch } from "./first-login-watch.tsx";

const CALLS = [
  { key: "login", call: "POST /v1/logins" },
  { key: "verification", call: "POST /v1/logins/{id}/verifications" },
  { key: "legacy", call: "POST /v1/logins/{id}/legacy-outcome" },
] as const;

/** The calls of a login, as one's own application will make them. */
export function CallsToMake({ gatewayUrl, hasSample }: { gatewayUrl: string; hasSample: boolean }) {
  const t = useTranslations("overview.first.calls");
  const openApi = <a href={new URL("/docs", gatewayUrl).href}>{t("openapi")}</a>;
  return (
    <Section title={t("title")} about={hasSample ? t("about") : undefined} end={openApi}>
      <table className="tbl stack free tight">
        <thead>
          <tr>
            <th scope="col">{t("when")}</th>
            <th scope="col">{t("call")}</th>
            <th scope="col">{t("get")}</th>
          </tr>
        </thead>
        <tbody>
          {CALLS.map(({ key, call }) => (
            <tr key={key}>
              <td>{t(`${key}.when`)}</td>
              <td className="mono m2 full">{call}</td>
              <td className="m2 full">{t(`${key}.get`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasSample ? null : (
        <ClientMessages rooms={["overview"]}>
          <FirstLoginWatch />
        </ClientMessages>
      )}
    </Section>
  );
}
