import { useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import { breakerDefaults } from "#lib/multibiometrics/circuit.ts";
import { retriesOf } from "#lib/multibiometrics/retry-rules.ts";
import { FLAGS_MAX_AGE_MS } from "#lib/unleash/types.ts";

/** What holds while the API is down, as the gateway's own code has it; nothing of it is a policy. */
export function WhenDown() {
  const t = useTranslations("policies.down");
  const { failureShare, windowCalls, minimumCalls, probeAfterMs } = breakerDefaults;
  return (
    <RailSection title={t("title")}>
      <dl className="dl">
        <dt>{t("opens")}</dt>
        <dd>{t("opensAt", { percent: failureShare * 100, calls: windowCalls })}</dd>
        <dt>{t("judged")}</dt>
        <dd>{t("judgedFrom", { calls: minimumCalls })}</dd>
        <dt>{t("again")}</dt>
        <dd>{t("againEvery", { seconds: probeAfterMs / 1000 })}</dd>
        <dt>{t("repeats")}</dt>
        <dd>{t("repeatsUpTo", { times: retriesOf("verify") })}</dd>
        <dt>{t("silent")}</dt>
        <dd>{t("silentAfter", { minutes: FLAGS_MAX_AGE_MS / 60_000 })}</dd>
      </dl>
      <p className="small m">{t("note")}</p>
    </RailSection>
  );
}
