import Link from "next/link";
import { useTranslations } from "next-intl";
import { KeyedTable } from "#components/data-table/keyed-table.tsx";
import type { InboxList } from "#lib/inbox/types.ts";
import { DueBadge, DueDay, DueRule } from "./due.tsx";
import { useRequestTerms } from "./terms.ts";
import { WhoIsNext } from "./who-is-next.tsx";

/** Lists of people that are not at their end, each as one row: how far it is and whose turn it is. */
export function InboxLists({ lists }: { lists: readonly InboxList[] }) {
  const t = useTranslations("requests");
  const terms = useRequestTerms();
  return (
    <section className="inbox-lists">
      <h2>{t("lists.title")}</h2>
      <KeyedTable label={t("lists.title")}>
        <thead>
          <tr>
            <th scope="col">{t("lists.list")}</th>
            <th scope="col">{t("columns.right")}</th>
            <th scope="col">{t("columns.step")}</th>
            <th scope="col">{t("lists.done")}</th>
            <th scope="col">{t("columns.next")}</th>
            <th scope="col">{t("columns.due")}</th>
            <th scope="col">{t("columns.state")}</th>
            <th scope="col">{t("columns.rule")}</th>
          </tr>
        </thead>
        <tbody>
          {lists.map(({ id, name, right, ruledFor, state, isPaused, next, done, all, due }) => (
            <tr key={id}>
              <td className="nw">
                <Link className="row-link b" href={`/requests/lists/${id}`} prefetch={false}>
                  {name}
                </Link>
              </td>
              <td className="nw">
                {ruledFor === null
                  ? terms.right(right)
                  : `${terms.right(right)}, ${terms.deletionReason(ruledFor)}`}
              </td>
              <td className="nw">{t(isPaused ? "lists.paused" : `lists.state.${state}`)}</td>
              <td className="nw">{t("lists.of", { done, all })}</td>
              <td className="full">
                <WhoIsNext next={next} state={null} />
              </td>
              <td className="nw">
                <DueDay due={due} />
              </td>
              <td className="nw end-s">
                <DueBadge due={due} />
              </td>
              <td className="m small nw full">
                <DueRule due={due} />
              </td>
            </tr>
          ))}
        </tbody>
      </KeyedTable>
    </section>
  );
}
