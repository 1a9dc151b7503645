import { useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";

/** Stands where a chart would tell this reader counts too small for their role. */
export function HiddenChart({ title }: { title: string }) {
  const t = useTranslations("overview.trend");
  return (
    <Section title={title}>
      <p className="m">{t("hidden")}</p>
    </Section>
  );
}
