import { join } from "node:path";
import { grantApplication, roleOf } from "#db/grant-application.ts";
import { migrate } from "#db/migrate.ts";
import type { StartSettings } from "#lib/env.ts";
import { type PreparedInstallation, prepareFlag, prepareInstallation } from "../first-start.ts";
import { buildConsole, isBuildStale } from "../parts/console-build.ts";
import {
  consolePart,
  gatewayPart,
  postgresPart,
  sandboxPart,
  unleashPart,
  workerPart,
} from "../parts/plans.ts";
import { endStaleServerOf } from "../postgres/stale-server.ts";
import type { PartPlan } from "./child.ts";
import { describeInstallation, type Installation } from "./installation.ts";
import { LogFile } from "./log-file.ts";
import { findPortProblems, type PortWanted } from "./ports.ts";
import { RunningRecord } from "./running-record.ts";
import { loadSecrets } from "./secrets.ts";
import { CannotStart, openStateDir } from "./state-dir.ts";
import { SupervisedPart } from "./supervised-part.ts";

export type StackOptions = {
  readonly watch: boolean;
  readonly say: (line: string) => void;
  /** False leaves the console out, and with it its build. */
  readonly hasConsole?: boolean;
};

/** Every part of Gatehouse, started in the order they need each other and ended in the reverse one. */
export class Stack {
  private readonly parts: SupervisedPart[] = [];
  private readonly abort = new AbortController();
  private stopped: Promise<void> | undefined;

  private constructor(
    readonly site: Installation,
    private readonly record: RunningRecord,
    private readonly options: StackOptions,
  ) {}

  /**
   * Claims the state folder and the ports; nothing is running yet when this fails.
   * @throws CannotStart saying what stands in the way.
   */
  static async claim(settings: StartSettings, options: StackOptions): Promise<Stack> {
    const stateDir = openStateDir(settings.dataDir);
    const record = new RunningRecord(stateDir);
    if (await record.takeOver()) options.say("An earlier start was killed; what it left running has ended.");
    await endStaleServerOf(stateDir);
    const site = describeInstallation(settings, loadSecrets(stateDir), stateDir, options.watch);
    const problems = await findPortProblems(wantedPorts(site));
    if (problems.length > 0) {
      record.clear();
      throw new CannotStart(problems.join("\n"));
    }
    return new Stack(site, record, options);
  }

  /** Brings everything up. When one part fails, all others are ended before this throws. */
  async start(): Promise<PreparedInstallation> {
    try {
      return await this.bringUp();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  get runningParts(): readonly SupervisedPart[] {
    return this.parts;
  }

  stop(): Promise<void> {
    this.stopped ??= this.endAll();
    return this.stopped;
  }

  private async bringUp(): Promise<PreparedInstallation> {
    const { site } = this;
    const postgres = site.embedded.postgres ? this.run(postgresPart(site)) : Promise.resolve();
    const sandbox = site.embedded.api ? this.run(sandboxPart(site)) : Promise.resolve();
    const unleash = site.embedded.unleash
      ? postgres.then(() => this.run(unleashPart(site)))
      : Promise.resolve();
    const build = this.buildConsole();
    const database = postgres.then(() => this.timed("Database", "", () => this.prepareDatabase()));
    const prepared = database.then(() => prepareInstallation(site));
    const flag = Promise.all([prepared, unleash]).then(async () => {
      const trouble = await prepareFlag(site);
      if (trouble) this.options.say(`  ${trouble}`);
    });
    const worker = prepared.then(() => this.run(workerPart(site)));
    // Beside its own flag the gateway starts last, so that it hears the flag at once: asked too early, it would wait for
    // its next look and send the first logins of a trial the old way.
    const gateway = Promise.all([prepared, site.embedded.unleash ? flag : undefined]).then(() =>
      this.run(gatewayPart(site)),
    );
    const console = Promise.all([prepared, build]).then(([{ sampleApplicationKey }]) =>
      this.hasConsole ? this.run(consolePart(site, sampleApplicationKey)) : undefined,
    );
    await Promise.all([sandbox, worker, gateway, console, flag]);
    return prepared;
  }

  /** The tables as their owner, and for the parts a role that owns none. */
  private async prepareDatabase(): Promise<void> {
    const { databaseUrl, databaseOwnerUrl } = this.site;
    await migrate(databaseOwnerUrl);
    const role = roleOf(databaseUrl);
    if (role !== roleOf(databaseOwnerUrl)) return grantApplication(databaseOwnerUrl, role);
    this.options.say(
      "  The parts sign in to PostgreSQL as the owner of the audit log's tables, who can change what it holds. Give the\n" +
        "  owner in DATABASE_OWNER_URL and a role that owns nothing in DATABASE_URL: see docs/audit-log.md.",
    );
  }

  private async run(plan: PartPlan): Promise<void> {
    this.abort.signal.throwIfAborted();
    const part = new SupervisedPart(plan, this.logFolder, {
      say: this.options.say,
      changed: () => this.record.write(this.parts.map(({ plan: { title }, pid }) => ({ title, pid }))),
    });
    this.parts.push(part);
    await this.timed(plan.title, plan.address, () => part.start());
  }

  private async buildConsole(): Promise<void> {
    if (!this.hasConsole || this.options.watch || !isBuildStale()) return;
    this.options.say("Building the console; this takes a minute the first time.");
    const log = new LogFile(this.logFolder, "console-build");
    await this.timed("Console build", "", () => buildConsole(log, this.abort.signal));
  }

  private async timed(title: string, address: string, work: () => Promise<void>): Promise<void> {
    const since = performance.now();
    await work();
    const time = `${((performance.now() - since) / 1000).toFixed(1)} s`;
    this.options.say(`  ${title.padEnd(14)}${address.padEnd(26)}${time.padStart(7)}`);
  }

  private get hasConsole(): boolean {
    return this.options.hasConsole ?? true;
  }

  private get logFolder(): string {
    return join(this.site.stateDir, "logs");
  }

  /** People first, then what serves them, the database last: nothing loses what it stands on while it finishes. */
  private async endAll(): Promise<void> {
    this.abort.abort();
    const byName = (...names: string[]) => this.parts.filter(({ plan }) => names.includes(plan.name));
    for (const group of [
      byName("console"),
      byName("gateway", "worker"),
      byName("sandbox", "unleash"),
      byName("postgres"),
    ]) {
      await Promise.all(group.map((part) => part.stop()));
    }
    this.record.clear();
  }
}

function wantedPorts({ embedded, ports }: Installation): PortWanted[] {
  return [
    { part: "the console", port: ports.console, variable: "PORT" },
    { part: "the gateway", port: ports.gateway, variable: "GATEWAY_PORT" },
    ...(embedded.api ? [{ part: "the sandbox", port: ports.sandbox, variable: "SANDBOX_PORT" }] : []),
    ...(embedded.unleash ? [{ part: "Unleash", port: ports.unleash, variable: "UNLEASH_PORT" }] : []),
    ...(embedded.postgres ? [{ part: "PostgreSQL", port: ports.postgres, variable: "POSTGRES_PORT" }] : []),
  ];
}
