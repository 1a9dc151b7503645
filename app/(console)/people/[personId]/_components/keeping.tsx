import { KeepingActs } from "#components/people/keeping-acts.tsx";
import { KeptAndBlocked } from "#components/people/requested.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { Requested } from "#lib/people/types.ts";
import { liftBlockAction, openDeletionAction, placeHoldAction, releaseHoldAction } from "../actions.ts";

const ACTS = {
  placeHold: placeHoldAction,
  releaseHold: releaseHoldAction,
  liftBlock: liftBlockAction,
  openDeletion: openDeletionAction,
};

/** What keeps and blocks the person, with the actions about it. */
export function Keeping({ personId, requested }: { personId: string; requested: Requested }) {
  const { hold, blockCause, offers } = requested;
  return (
    <KeptAndBlocked hold={hold} blockCause={blockCause}>
      <ClientMessages rooms={["people", "requests", "errors"]}>
        <KeepingActs personId={personId} hold={hold} offers={offers} acts={ACTS} />
      </ClientMessages>
    </KeptAndBlocked>
  );
}
