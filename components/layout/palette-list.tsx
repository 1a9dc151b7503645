import { ArrowRight, Inbox, Search, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { PaletteOption } from "./palette-options.ts";

type PaletteListProps = {
  id: string;
  options: readonly PaletteOption[];
  active: PaletteOption | undefined;
  text: string;
  choose(option: PaletteOption): void;
};

/** What can be chosen; the active one is marked here and announced by the box. */
export function PaletteList({ id, options, active, text, choose }: PaletteListProps) {
  const t = useTranslations("shell.palette");
  useEffect(() => {
    if (active) document.getElementById(`${id}-${active.id}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t("results")}
      className="palette-list"
      hidden={options.length === 0}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box holds the focus and has the keys
        <div
          key={option.id}
          id={`${id}-${option.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={option === active}
          onClick={() => choose(option)}
        >
          <OptionText option={option} text={text} />
        </div>
      ))}
    </div>
  );
}

function OptionText({ option, text }: { option: PaletteOption; text: string }) {
  const t = useTranslations("shell.palette");
  const standing = useTranslations("shell.palette.standing");
  if (option.kind === "page")
    return (
      <>
        <Icon of={ArrowRight} />
        {option.name}
      </>
    );
  if (option.kind === "people")
    return (
      <>
        <Icon of={Search} />
        <span className="cut">{t("all", { text })}</span>
      </>
    );
  if (option.kind === "requests")
    return (
      <>
        <Icon of={Inbox} />
        <span className="cut">{t("requestsOf", { text })}</span>
      </>
    );
  const { customId, matched, standing: state } = option.person;
  return (
    <>
      <Icon of={User} />
      <span className="mono cut">
        {matched === null ? (
          customId
        ) : (
          <>
            {customId.slice(0, matched.from)}
            <mark>{customId.slice(matched.from, matched.to)}</mark>
            {customId.slice(matched.to)}
          </>
        )}
      </span>
      <span className="m small end">{standing(state)}</span>
    </>
  );
}
