import { Shapes } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { SampleData } from "#lib/sample-data/types.ts";

type SampleMarkProps = {
  sample: SampleData;
  /** The way to remove it, for those who may. */
  remove: ReactNode;
};

/** Says above every page, to every role, that part of what is shown is made up. */
export function SampleMark({ sample, remove }: SampleMarkProps) {
  const t = useTranslations("sampleData");
  const { people, logins, completed } = sample;
  return (
    <aside className="sample-mark" aria-label={t("mark")}>
      <Icon of={Shapes} size={14} />
      <b className="b">{t("mark")}</b>
      <span className="m">{completed ? t("counted", { people, logins }) : t("unfinished")}</span>
      {remove ?? <span className="m">{t("whoMay")}</span>}
    </aside>
  );
}
