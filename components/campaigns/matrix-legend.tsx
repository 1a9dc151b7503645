import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";

type MatrixLegendProps = { limitPercent: number; link: { href: string; text: string } };

/** What the marks of the matrix mean, and the way to the same as a table. */
export function MatrixLegend({ limitPercent, link }: MatrixLegendProps) {
  const t = useTranslations("campaigns.legend");
  return (
    <span className="acts matrix-legend">
      <Status kind="due" icon={TriangleAlert} quiet>
        {t("weak", { limit: limitPercent })}
      </Status>
      <Status kind="fail" quiet>
        {t("clearly_weak")}
      </Status>
      <Link href={link.href} prefetch={false} scroll={false}>
        {link.text}
      </Link>
    </span>
  );
}
