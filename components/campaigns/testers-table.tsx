import { useFormatter, useTranslations } from "next-intl";
import type { Act } from "#components/forms/types.ts";
import { Status } from "#components/ui/status.tsx";
import type { TesterRow } from "#lib/campaign-results/types.ts";
import { WithdrawTester } from "./withdraw-tester.tsx";

type TestersTableProps = {
  testers: readonly TesterRow[];
  /** Its links still open something. */
  isOpen: boolean;
  /** Null for whoever may not take links back. */
  withdraw: Act<null> | null;
};

/** Who holds a link, as numbers: what they did, and what the API may still hold of them. */
export function TestersTable({ testers, isOpen, withdraw }: TestersTableProps) {
  const t = useTranslations("campaigns.testers");
  const format = useFormatter();
  return (
    <table className="tbl free stack" aria-label={t("title")}>
      <thead>
        <tr>
          <th scope="col">{t("number")}</th>
          <th scope="col">{t("state")}</th>
          <th scope="col">{t("consented")}</th>
          <th scope="col" className="num">
            {t("tries")}
          </th>
          <th scope="col" className="num">
            {t("calls")}
          </th>
          <th scope="col">{t("atApi")}</th>
          {withdraw === null ? null : (
            <th scope="col">
              <span className="vh">{t("act")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {testers.map((tester) => (
          <tr key={tester.id}>
            <th scope="row">{t("one", { number: tester.number })}</th>
            <td className="nw">
              <TesterStatus state={tester.state} />
            </td>
            <td className="m2 hide-s">
              {tester.consentedAt === null ? "–" : format.dateTime(tester.consentedAt, "minute")}
            </td>
            <td className="num">
              {format.number(tester.tries)}{" "}
              <span className="ph">{t("triesUnit", { count: tester.tries })}</span>
            </td>
            <td className="num m2 hide-s">{format.number(tester.calls)}</td>
            <td className="nw">
              <AtApi tester={tester} isOpen={isOpen} />
            </td>
            {withdraw === null ? null : (
              <td className="num full">
                {isOpen && (tester.state === "invited" || tester.state === "taking_part") ? (
                  <WithdrawTester testerId={tester.id} number={tester.number} act={withdraw} />
                ) : null}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TesterStatus({ state }: { state: TesterRow["state"] }) {
  const t = useTranslations("campaigns.testers.states");
  const kind = { invited: "open", taking_part: "ok", left: "none", withdrawn: "none" } as const;
  return (
    <Status kind={kind[state]} quiet>
      {t(state)}
    </Status>
  );
}

function AtApi({ tester, isOpen }: { tester: TesterRow; isOpen: boolean }) {
  const t = useTranslations("campaigns.testers");
  const { held, gone, state } = tester;
  if (held > 0 && isOpen && state === "taking_part") return t("enrolled");
  if (held > 0) return <Status kind="wait">{t("deleting")}</Status>;
  if (gone === 0) return <span className="m hide-s">–</span>;
  return (
    <Status kind="ok" quiet>
      {t("deleted")}
    </Status>
  );
}
