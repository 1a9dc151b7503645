import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  handleWhenResult,
} from "cockatiel";
import type { ApiFailureCode, ApiResult, CircuitStateName, Operation } from "./types.ts";

export type BreakerOptions = {
  /** Share of failed calls above which the circuit opens, over the last `windowCalls`. */
  failureShare: number;
  windowCalls: number;
  /** Calls needed before anything is judged. */
  minimumCalls: number;
  /** After this time one call is let through as a probe. */
  probeAfterMs: number;
};

export const breakerDefaults: BreakerOptions = {
  failureShare: 0.5,
  windowCalls: 20,
  minimumCalls: 5,
  probeAfterMs: 5_000,
};

// A refused person or a bad capture is the service at work. A missing endpoint answers at once and concerns that
// endpoint alone (production may not serve liveness), so it must not take verify with it.
const counted: ReadonlySet<ApiFailureCode> = new Set([
  "unauthorized",
  "quota_exhausted",
  "rate_limited",
  "server_error",
  "timed_out",
  "unreachable",
  "answer_unreadable",
]);

export type Circuit = {
  run<T>(operation: Operation, counts: Counts, call: () => Promise<ApiResult<T>>): Promise<ApiResult<T>>;
  state(): CircuitStateName;
};

/** Whether a failed call says something about the service; asked after the call. */
export type Counts = (code: ApiFailureCode) => boolean;

/**
 * Makes a circuit that opens on failures of the service, never on refusals of what was sent. While it is open,
 * and while its probe is under way, every other call is answered at once with `circuit_open`. So is every call while
 * `isHeldOpen` says that a person holds it open; it begins closed after that.
 */
export function createCircuit(
  options: BreakerOptions,
  onChange: (state: CircuitStateName, lastFailure: ApiFailureCode | null) => void,
  isHeldOpen: () => boolean = () => false,
): Circuit {
  let lastFailure: ApiFailureCode | null = null;
  let isolation: ReturnType<CircuitBreakerPolicy["isolate"]> | null = null;
  const policy = circuitBreaker(
    handleWhenResult((ended) => isCountedFailure(ended)),
    {
      breaker: new CountBreaker({
        threshold: options.failureShare,
        size: options.windowCalls,
        minimumNumberOfCalls: options.minimumCalls,
      }),
      halfOpenAfter: options.probeAfterMs,
    },
  );
  /** Asked at every use instead of told once, so that a hold ends at its time by a clock alone. */
  function obeyHand(): void {
    if (isHeldOpen()) isolation ??= policy.isolate();
    else {
      isolation?.dispose();
      isolation = null;
    }
  }
  policy.onStateChange((changed) => onChange(nameOf(changed), lastFailure));
  return {
    state() {
      obeyHand();
      return nameOf(policy.state);
    },
    async run(operation, counts, call) {
      obeyHand();
      // The library lets others wait for the probe; a login has no time to.
      if (policy.state === CircuitState.HalfOpen) return circuitOpen(operation);
      // A probe that found out nothing must not close the circuit.
      const isProbe = policy.state !== CircuitState.Closed;
      try {
        const ended = await policy.execute(async () => {
          const result = await call();
          const isFailure = !result.ok && counted.has(result.code) && (isProbe || counts(result.code));
          if (isFailure) lastFailure = result.code;
          return { result, isFailure };
        });
        return ended.result;
      } catch (error) {
        if (error instanceof BrokenCircuitError) return circuitOpen(operation);
        throw error;
      }
    },
  };
}

function isCountedFailure(ended: unknown): boolean {
  return typeof ended === "object" && ended !== null && "isFailure" in ended && ended.isFailure === true;
}

function nameOf(state: CircuitState): CircuitStateName {
  if (state === CircuitState.Closed) return "closed";
  if (state === CircuitState.Isolated) return "held";
  return state === CircuitState.HalfOpen ? "half_open" : "open";
}

function circuitOpen(operation: Operation): ApiResult<never> {
  const call = { operation, status: null, latencyMs: 0, tries: 0, message: null, answerSha256: null };
  return { ok: false, code: "circuit_open", call, outcomeUnknown: false };
}
