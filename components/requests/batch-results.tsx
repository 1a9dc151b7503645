import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { KeyedTable } from "#components/data-table/keyed-table.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import type { Batch, BatchResult } from "#lib/request-batches/types.ts";
import type { RequestState } from "#lib/requests/types.ts";
import { NewResults } from "./new-results.tsx";
import { useRequestTerms } from "./terms.ts";

const KINDS: Partial<Record<RequestState, StatusKind>> = {
  completed: "ok",
  outcome_unknown: "unknown",
  failed: "fail",
  withdrawn: "none",
  denied: "none",
};

type BatchResultsProps = {
  batch: Batch;
  results: readonly BatchResult[];
  place: { allResults: boolean; afterResult: string | null };
  nextResult: string | null;
};

/** What came of its people, the latest first or all in the order of the file; each is a request of its own. */
export function BatchResults({ batch, results, place, nextResult }: BatchResultsProps) {
  const t = useTranslations("batches.results");
  const path = `/requests/lists/${batch.id}`;
  const { allResults } = place;
  if (batch.previewDigest === null) return null;
  return (
    <Section
      title={t(allResults ? "all" : "latest")}
      about={t("about")}
      end={
        <>
          {allResults ? null : <NewResults />}
          <Link href={allResults ? path : `${path}?results=all`} prefetch={false} scroll={false}>
            {t(allResults ? "showLatest" : "showAll")}
          </Link>
        </>
      }
    >
      {results.length === 0 ? (
        <p className="m2">{t("none")}</p>
      ) : (
        <ResultRows batch={batch} results={results} label={t(allResults ? "all" : "latest")} />
      )}
      {nextResult !== null && allResults ? (
        <div className="pager">
          <span className="end">
            <ButtonLink small href={`${path}?results=all&from=${nextResult}`}>
              {t("more")}
            </ButtonLink>
          </span>
        </div>
      ) : null}
    </Section>
  );
}

type ResultRowsProps = Pick<BatchResultsProps, "batch" | "results"> & { label: string };

function ResultRows({ batch, results, label }: ResultRowsProps) {
  const t = useTranslations("batches.results");
  return (
    <KeyedTable label={label}>
      <thead>
        <tr>
          <th scope="col" className="num">
            {t("row")}
          </th>
          <th scope="col">{t("request")}</th>
          <th scope="col">{t("state")}</th>
          <th scope="col">{t("what")}</th>
          <th scope="col" className="num">
            {t("at")}
          </th>
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <ResultRow key={result.requestId} batch={batch} result={result} />
        ))}
      </tbody>
    </KeyedTable>
  );
}

function ResultRow({ batch, result }: { batch: Batch; result: BatchResult }) {
  const t = useTranslations("batches.results");
  const terms = useRequestTerms();
  const format = useFormatter();
  const { requestId, line, protocol, state, attempt, nextTryAt, at } = result;
  return (
    <tr>
      <td className="num m hide-s">{line === null ? "" : format.number(line)}</td>
      <td className="nw">
        <Link className="row-link" href={`/requests/${requestId}`} prefetch={false}>
          {protocol}
        </Link>
      </td>
      <td className="end-s">
        <Status kind={KINDS[state] ?? "open"} quiet={state === "completed"}>
          {terms.step({ right: batch.right, state })}
        </Status>
      </td>
      <td className="m2 full">
        {nextTryAt === null
          ? attempt === null
            ? ""
            : t("attempt", { kind: attempt.kind, state: attempt.state })
          : t("askedAgain", { time: format.dateTime(nextTryAt, "clock") })}
      </td>
      <td className="num m">{at === null ? "" : format.dateTime(at, "minute")}</td>
    </tr>
  );
}
