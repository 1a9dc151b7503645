import type { ReactNode } from "react";

type SectionProps = {
  title: ReactNode;
  /** What the figures below are about, in grey beside the title. */
  about?: ReactNode;
  /** At the end of the head line: links, or a plain sentence, which stands in grey. */
  end?: ReactNode;
  children: ReactNode;
};

function SectionHead({ title, about, end }: Omit<SectionProps, "children">) {
  return (
    <header>
      <h2>{title}</h2>
      {about === undefined ? null : <span className="m">{about}</span>}
      {end === undefined ? null : <span className={typeof end === "string" ? "end m" : "end"}>{end}</span>}
    </header>
  );
}

/** A part of the main column, parted from the one before by a rule. */
export function Section({ children, ...head }: SectionProps) {
  return (
    <section className="sec">
      <SectionHead {...head} />
      {children}
    </section>
  );
}

/** A part of the rail; without a title it is a note that stands alone. */
export function RailSection({ children, title, ...head }: Partial<SectionProps>) {
  return (
    <section>
      {title === undefined ? null : <SectionHead title={title} {...head} />}
      {children}
    </section>
  );
}
