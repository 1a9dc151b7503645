import { setTimeout as delay } from "node:timers/promises";
import { type Child, type Exit, type PartPlan, startChild } from "./child.ts";
import { LogFile } from "./log-file.ts";

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A part that ran this long has recovered: its next end is a first one again. */
const STEADY_MS = 60_000;

/** A part that did not come up; the message ends with its last words. */
export class PartFailed extends Error {
  override readonly name = "PartFailed";
}

export type PartEvents = {
  say(line: string): void;
  /** Called whenever the set of running processes changes. */
  changed(): void;
};

/** Keeps one part running: brings it up, brings it back with growing pauses when it ends unasked, ends it when told. */
export class SupervisedPart {
  readonly log: LogFile;
  private child: Child | undefined;
  private stopping = false;
  private readonly stopped = new AbortController();

  constructor(
    readonly plan: PartPlan,
    logFolder: string,
    private readonly events: PartEvents,
  ) {
    this.log = new LogFile(logFolder, plan.name);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** @throws PartFailed when the part ends, or takes too long, before it is ready. */
  async start(): Promise<void> {
    const child = await this.bringUp();
    void this.keepUp(child);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.stopped.abort();
    await this.child?.stop();
    this.child = undefined;
    this.events.changed();
  }

  /** Ends the process; it is brought back at once, with the code as it is now. */
  restart(): void {
    void this.child?.stop();
  }

  private async bringUp(): Promise<Child> {
    if (this.stopping) throw new PartFailed(`${this.plan.title} was stopped before it was ready.`);
    const child = startChild(this.plan, this.log);
    this.child = child;
    this.events.changed();
    const tooLate = new AbortController();
    const outcome = await Promise.race([
      child.ready.then(() => "ready" as const),
      child.exited,
      delay(this.plan.readyWithinMs, "late" as const, { signal: tooLate.signal }).catch(
        () => "late" as const,
      ),
    ]);
    tooLate.abort();
    if (outcome === "ready") return child;
    await child.stop();
    throw new PartFailed(`${this.plan.title} ${howItFailed(outcome, this.plan)}\n${this.log.lastLines()}`);
  }

  private async keepUp(first: Child): Promise<void> {
    let child = first;
    let pauseMs = FIRST_DELAY_MS;
    for (;;) {
      const since = performance.now();
      const exit = await child.exited;
      if (this.stopping) return;
      if (performance.now() - since > STEADY_MS) pauseMs = FIRST_DELAY_MS;
      this.events.say(
        `${this.plan.title} ended (${inWords(exit)}); starting it again. Its log: ${this.log.path}`,
      );
      const next = await this.tryAgain(pauseMs);
      if (!next) return;
      child = next;
      pauseMs = Math.min(pauseMs * 2, LONGEST_DELAY_MS);
      this.events.say(`${this.plan.title} is back.`);
    }
  }

  private async tryAgain(firstPauseMs: number): Promise<Child | undefined> {
    for (let pauseMs = firstPauseMs; !this.stopping; pauseMs = Math.min(pauseMs * 2, LONGEST_DELAY_MS)) {
      await delay(pauseMs, undefined, { signal: this.stopped.signal }).catch(() => {});
      if (this.stopping) return undefined;
      try {
        return await this.bringUp();
      } catch (error) {
        this.log.append(`${String(error).split("\n", 1)[0]}\n`);
      }
    }
    return undefined;
  }
}

function inWords({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`;
}

function howItFailed(outcome: Exit | "late", plan: PartPlan): string {
  if (outcome === "late") return `was not ready within ${plan.readyWithinMs / 1000} s. Its last lines:`;
  return `could not start (${inWords(outcome)}). Its last lines:`;
}
