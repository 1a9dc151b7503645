import { useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";

const STEPS = ["secret", "signIn", "answer", "nobody"] as const;

/** What the company's endpoint is sent and what it does, for whoever builds it. */
export function EndpointSection() {
  const t = useTranslations("legacyLogin.endpoint");
  const code = (text: React.ReactNode) => <code className="mono">{text}</code>;
  return (
    <Section title={t("title")}>
      <p className="m2">{t.rich("sent", { code })}</p>
      <ol className="steps">
        {STEPS.map((step) => (
          <li key={step}>
            <span>{t(step)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
