import type { ReactNode } from "react";

type PageHeadProps = {
  /** The sentence its reader came for. */
  answer: ReactNode;
  /** Why, in one line. */
  lead?: ReactNode;
  crumb?: ReactNode;
  acts?: ReactNode;
};

/** The head of a page: the answer first, then why. */
export function PageHead({ answer, lead, crumb, acts }: PageHeadProps) {
  const heading = <h1 className="answer">{answer}</h1>;
  return (
    <>
      {crumb === undefined ? null : <div className="crumb">{crumb}</div>}
      {acts === undefined ? (
        heading
      ) : (
        <div className="headrow">
          {heading}
          <div className="acts">{acts}</div>
        </div>
      )}
      {lead === undefined ? null : <p className="lead">{lead}</p>}
    </>
  );
}
