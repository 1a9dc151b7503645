import { useTranslations } from "next-intl";
import type { Found } from "#components/people/use-search.ts";

type PaletteSaysProps = { found: Found | null; searching: boolean; hasOptions: boolean };

/** What came of the search, in one line that is also read aloud. */
export function PaletteSays({ found, searching, hasOptions }: PaletteSaysProps) {
  const t = useTranslations("shell.palette");
  const text = searching ? t("searching") : said(t, found, hasOptions);
  return (
    <p role="status" className="palette-says m small">
      {text}
    </p>
  );
}

function said(
  t: ReturnType<typeof useTranslations<"shell.palette">>,
  found: Found | null,
  hasOptions: boolean,
) {
  if (found === null) return hasOptions ? t("keys") : t("noPage");
  const { result } = found;
  if (!result.ok) return t("failed");
  if (!result.data.ok) return t("tooBroad");
  const count = result.data.people.length;
  if (count === 0) return t("nobody");
  return t(result.data.hasMore ? "more" : "found", { count });
}
