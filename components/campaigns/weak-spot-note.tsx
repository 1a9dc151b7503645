import { useLocale, useTranslations } from "next-intl";
import type { LiveShare, WeakSpot } from "#lib/campaign-results/types.ts";
import { formatPercent } from "#lib/format/numbers.ts";

type WeakSpotNoteProps = { weakSpot: WeakSpot | null; live: LiveShare | null; hasGaps: boolean };

/** Where it goes worst, what that costs where people log in, and what to try next. */
export function WeakSpotNote({ weakSpot, live, hasGaps }: WeakSpotNoteProps) {
  const t = useTranslations("campaigns.weak");
  const terms = useTranslations("terms.deviceClass");
  const locale = useLocale();
  return (
    <p className="small m" style={{ paddingTop: 8 }}>
      {weakSpot === null ? null : (
        <>
          <SpotSentence spot={weakSpot} />{" "}
          {live === null
            ? null
            : t("live", {
                device: terms(live.deviceClass),
                share: formatPercent(live.share, locale, 0),
              })}{" "}
          {t("next", { advice: t(`advice.${weakSpot.advice}`) })}{" "}
        </>
      )}
      {hasGaps ? t("gaps") : null}
    </p>
  );
}

function SpotSentence({ spot }: { spot: WeakSpot }) {
  const t = useTranslations("campaigns");
  const { label, lighting, recognised, tries } = spot;
  return t("weak.spot", { device: label, light: t(`inLight.${lighting}`), recognised, tries });
}
