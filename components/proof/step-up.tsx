"use client";

import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import type { StepUp } from "#lib/auth/types.ts";
import type { ActionResult } from "#lib/errors.ts";
import type { SetUpActs } from "./types.ts";

/** Asks the member for a proof; true once it counts, false where they thought better of it. */
type AskProof = (stepUp: StepUp) => Promise<boolean>;

const StepUpContext = createContext<AskProof>(async () => false);

/**
 * An action that may ask for a proof first, as one that asks for it itself: where the server answers `step_up_required`
 * the one dialog of the console asks, and the same input is sent once more. Where the member cancels, the refusal comes
 * back as it was, so that the form stays as it is and says so.
 *
 * `const change = useProven(acts.change);` and then `change(input)` as before.
 */
export function useProven<Input, Data>(
  act: (input: Input) => Promise<ActionResult<Data>>,
): (input: Input) => Promise<ActionResult<Data>> {
  const askProof = useContext(StepUpContext);
  return useCallback(
    async (input) => {
      const result = await act(input);
      if (result.ok || result.error.stepUp === undefined) return result;
      return (await askProof(result.error.stepUp)) ? act(input) : result;
    },
    [act, askProof],
  );
}

// Fetched when something asks for the first time: most pages never do.
const ProofDialog = lazy(() => import("./proof-dialog.tsx").then((file) => ({ default: file.ProofDialog })));

type Asking = { stepUp: StepUp; round: number };

type StepUpProviderProps = {
  acts: SetUpActs;
  /** What members call the single sign-on, where there is one. */
  signOnName: string;
  children: ReactNode;
};

/** Holds the one dialog that asks for a proof, for everything inside it. */
export function StepUpProvider({ acts, signOnName, children }: StepUpProviderProps) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const [isOpen, setOpen] = useState(false);
  const answer = useRef<((proved: boolean) => void) | null>(null);
  const askProof = useCallback<AskProof>((stepUp) => {
    answer.current?.(false);
    setAsking((before) => ({ stepUp, round: (before?.round ?? 0) + 1 }));
    setOpen(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const end = useCallback((proved: boolean) => {
    setOpen(false);
    answer.current?.(proved);
    answer.current = null;
  }, []);
  const dialog = useMemo(
    () =>
      asking === null ? null : (
        <Suspense fallback={null}>
          <ProofDialog
            key={asking.round}
            stepUp={asking.stepUp}
            open={isOpen}
            acts={acts}
            signOnName={signOnName}
            onEnd={end}
          />
        </Suspense>
      ),
    [asking, isOpen, acts, signOnName, end],
  );
  return (
    <StepUpContext value={askProof}>
      {children}
      {dialog}
    </StepUpContext>
  );
}
