import { Check } from "lucide-react";
import Link from "next/link";
import { Icon } from "#components/ui/icon.tsx";

/** One value of a filter, and the list with it chosen, or no longer. */
export type FilterChoice = { id: string; text: string; href: string; chosen: boolean };

type FilterChoicesProps = { title?: string; choices: readonly FilterChoice[] };

/** What a filter can be set to; every choice is a link, so that it can be kept and shared. */
export function FilterChoices({ title, choices }: FilterChoicesProps) {
  return (
    <div className="facet">
      {title === undefined ? null : <h2>{title}</h2>}
      <ul>
        {choices.map(({ id, text, href, chosen }) => (
          <li key={id} className={chosen ? "on" : "off"}>
            <Link href={href} scroll={false} prefetch={false} aria-current={chosen ? "true" : undefined}>
              <span className="cb">{chosen ? <Icon of={Check} size={12} /> : null}</span>
              <span className="facet-name">{text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
