import { useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";

type NotificationsRailProps = { smtp: { host: string; port: number; from: string } | null };

/** Where e-mail is handed in, or what to set for it; and what a receiver of webhooks needs to know. */
export function NotificationsRail({ smtp }: NotificationsRailProps) {
  const t = useTranslations("notifications.rail");
  const code = (text: React.ReactNode) => <code className="mono">{text}</code>;
  return (
    <>
      <RailSection title={t("mail")}>
        {smtp === null ? (
          <>
            <Status kind="none">{t("mailNone")}</Status>
            <p className="m2">{t.rich("mailSet", { code })}</p>
            <p className="small m">{t.rich("mailFields", { code })}</p>
          </>
        ) : (
          <dl className="dl">
            <dt>{t("server")}</dt>
            <dd>
              {smtp.host}:{smtp.port}
            </dd>
            <dt>{t("from")}</dt>
            <dd>{smtp.from}</dd>
          </dl>
        )}
      </RailSection>
      <RailSection title={t("webhook")}>
        <p className="m2">{t.rich("webhookSigned", { code })}</p>
        <dl className="dl sent">
          <dt className="mono">webhook-id</dt>
          <dd>{t("header.id")}</dd>
          <dt className="mono">webhook-timestamp</dt>
          <dd>{t("header.timestamp")}</dd>
          <dt className="mono">webhook-signature</dt>
          <dd>{t("header.signature")}</dd>
        </dl>
        <p className="small m">{t("once")}</p>
      </RailSection>
      <RailSection title={t("tries")}>
        <p className="m2">{t("triesText")}</p>
      </RailSection>
      <RailSection title={t("nobody")}>
        <p className="m2">{t("nobodyText")}</p>
      </RailSection>
    </>
  );
}
