import { Check } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { OnTheWay } from "#components/ui/on-the-way.tsx";
import { isSmall } from "#lib/rates/rules.ts";
import { countFacet, toggled } from "#lib/verifications/rules.ts";
import {
  FACET_NAMES,
  type FacetName,
  type RollupCell,
  TIME_WINDOWS,
  type VerificationFilters,
} from "#lib/verifications/types.ts";
import { FacetFold } from "./facet-fold.tsx";
import { type ApplicationNames, useFacetText } from "./facet-text.ts";

const SHOWN = 8;

type FacetsProps = {
  cells: readonly RollupCell[];
  filters: VerificationFilters;
  applications: ApplicationNames;
  hidesSmallCells: boolean;
  /** The address of the list with other filters. */
  hrefOf(filters: VerificationFilters): string;
};

/** What the list can be narrowed by, with how many would be left; every choice is a link. */
export function Facets({ hidesSmallCells, ...rest }: FacetsProps) {
  const { filters, hrefOf } = rest;
  const t = useTranslations("verifications");
  return (
    <aside className="facets" aria-label={t("filters")}>
      <h2 className="vh">{t("filters")}</h2>
      <FacetFold title={t("filters")}>
        <div className="facet">
          <h3>{t("timeWindow")}</h3>
          <div className="windows">
            {TIME_WINDOWS.map((window) => (
              <Link
                key={window}
                href={hrefOf({ ...filters, window, range: null })}
                scroll={false}
                className={classNames("chip", window === filters.window && "on")}
                aria-current={window === filters.window ? "true" : undefined}
              >
                {t(`windowShort.${window}`)}
                <OnTheWay />
              </Link>
            ))}
          </div>
        </div>
        {FACET_NAMES.map((name) => (
          <Facet key={name} name={name} hides={hidesSmallCells} {...rest} />
        ))}
      </FacetFold>
    </aside>
  );
}

type FacetProps = Omit<FacetsProps, "hidesSmallCells"> & { name: FacetName; hides: boolean };

function Facet({ name, cells, filters, applications, hides, hrefOf }: FacetProps) {
  const t = useTranslations("verifications");
  const textOf = useFacetText(applications);
  const format = useFormatter();
  // That a verification matched is an outcome; among the reasons it would only stand there twice.
  const values = countFacet(cells, filters, name).filter(
    ({ value, chosen }) => chosen || name !== "reason" || value !== "matched",
  );
  const shown = values.filter(({ chosen }, place) => chosen || place < SHOWN);
  if (shown.length === 0) return null;
  // One small count could be worked out from the others: then none of them is told.
  const isHidden = hides && values.some(({ count }) => isSmall(count));
  const most = Math.max(1, ...values.map(({ count }) => count));
  return (
    <div className="facet">
      <h3>
        {t(`facet.${name}`)}
        {name === "outcome" ? <span>{t(`windowShort.${filters.window}`)}</span> : null}
      </h3>
      <ul>
        {shown.map(({ value, count, chosen }) => (
          <li key={value} className={chosen ? "on" : "off"}>
            <Link
              href={hrefOf(toggled(filters, name, value))}
              scroll={false}
              aria-current={chosen ? "true" : undefined}
            >
              <span className="cb">{chosen ? <Icon of={Check} size={12} /> : null}</span>
              <span className="facet-name">{textOf(name, value)}</span>
              <OnTheWay />
              {isHidden ? null : (
                <>
                  <span className="n">{format.number(count)}</span>
                  <i style={{ ["--w" as string]: count / most }} />
                </>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
