import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

type StateProps = {
  icon: LucideIcon;
  title: ReactNode;
  /** What would be here, what still works, or whom to ask. */
  children: ReactNode;
  /** The one act offered, or a reference to give when asking for help. */
  act?: ReactNode;
  /** It stands for the whole page: its title is the page's heading. */
  whole?: boolean;
};

/** What stands in place of content that is empty, failed, forbidden or not known. */
export function State({ icon, title, children, act, whole }: StateProps) {
  const Heading = whole ? "h1" : "h2";
  return (
    <div className="state">
      <Icon of={icon} size={24} />
      <Heading>{title}</Heading>
      <p>{children}</p>
      {act}
    </div>
  );
}
