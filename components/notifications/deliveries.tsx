import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { Delivery } from "#lib/notifications/types.ts";

/** The last deliveries to one target, newest first: what came back, or why it failed and what is done about it. */
export function Deliveries({ deliveries, label }: { deliveries: readonly Delivery[]; label: string }) {
  const t = useTranslations("notifications");
  return (
    <table className="tbl free stack deliveries" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("deliveries.event")}</th>
          <th scope="col">{t("deliveries.when")}</th>
          <th scope="col">{t("deliveries.result")}</th>
          <th scope="col" className="num">
            {t("deliveries.tries")}
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.eventId}>
            <td>{t(`event.${delivery.type}`)}</td>
            <td className="m2 nw">
              <Time at={delivery.createdAt} />
            </td>
            <td className="two-line full">
              <Outcome delivery={delivery} />
            </td>
            <td className="num hide-s">{delivery.attempts}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const t = useTranslations("notifications");
  const format = useFormatter();
  const locale = useLocale();
  const { type, state, lastFailure, lastStatus, lastLatencyMs, nextTryAt } = delivery;
  if (state === "delivered")
    return (
      <Status kind="ok" quiet>
        {t("result.delivered", { status: lastStatus ?? 0, time: formatLatency(lastLatencyMs ?? 0, locale) })}
      </Status>
    );
  if (lastFailure === null)
    return <Status kind={state === "waiting" ? "wait" : "none"}>{t(`result.${state}`)}</Status>;
  const why = t(`failure.${lastFailure}`, { status: lastStatus ?? 0 });
  return (
    <>
      <Status kind={state === "waiting" ? "due" : "fail"}>
        {state === "waiting"
          ? t("result.again", { time: format.dateTime(nextTryAt, "minute") })
          : t(type === "test" ? "result.notDelivered" : "result.given_up")}
      </Status>
      <small>
        {why} {t(`remedy.${lastFailure}`)}
      </small>
    </>
  );
}
