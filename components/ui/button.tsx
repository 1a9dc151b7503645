import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { OnTheWay } from "./on-the-way.tsx";

/** `primary` at most once in view; `danger` opens a dangerous act, `kill` does it. */
export type ButtonLook = "plain" | "primary" | "danger" | "kill" | "quiet";

const LOOKS = { plain: "", primary: "pri", danger: "bad", kill: "kill", quiet: "quiet" } as const;

type Look = { look?: ButtonLook; small?: boolean; wide?: boolean; icon?: LucideIcon; children: ReactNode };

const looksLike = ({ look = "plain", small, wide }: Look) =>
  classNames("btn", LOOKS[look], small && "s", wide && "wide");

type ButtonProps = Look & Omit<ComponentProps<"button">, "disabled" | keyof Look>;

/** A button that acts. It is never disabled without a word: use LockedButton, which says what opens it. */
export function Button({ look, small, wide, icon, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={looksLike({ look, small, wide, children } as Look)} {...rest}>
      {icon ? <Icon of={icon} size={14} /> : null}
      {children}
    </button>
  );
}

type ButtonLinkProps = Look & { href: string; external?: boolean };

/** A link that looks like a button. `external` leaves the console's own navigation. */
export function ButtonLink({ href, external, icon, children, ...look }: ButtonLinkProps) {
  const content = (
    <>
      {children}
      {icon ? <Icon of={icon} size={14} /> : null}
    </>
  );
  const className = looksLike({ ...look, children });
  return external ? (
    <a className={className} href={href}>
      {content}
    </a>
  ) : (
    <Link className={className} href={href} prefetch={false}>
      {content}
      <OnTheWay />
    </Link>
  );
}

type LockedButtonProps = Look & { reason: string; id: string };

/** A button that cannot be used now: it stays focusable, and says what opens it on hover, on press and to a reader. */
export function LockedButton({ reason, id, icon, children, ...look }: LockedButtonProps) {
  return (
    <>
      <button
        type="button"
        className={looksLike({ ...look, children })}
        aria-disabled="true"
        aria-describedby={id}
        title={reason}
        popoverTarget={id}
      >
        {icon ? <Icon of={icon} size={14} /> : null}
        {children}
      </button>
      <span id={id} popover="auto" className="why">
        {reason}
      </span>
    </>
  );
}
