import "server-only";
import { randomBytes } from "node:crypto";
import { refresh } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { findViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import type { ActionResult } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { runAction } from "./run-action.ts";
import type { ActionDefinition } from "./types.ts";

/** The only way to make a server action: what it returns is all that a `"use server"` file may export. */
export function defineAction<Input extends z.ZodType, Data>(
  definition: ActionDefinition<Input, Data>,
): (raw: unknown) => Promise<ActionResult<Data>> {
  return (raw) =>
    runAction(
      definition,
      {
        db: consoleDatabase(),
        now: new Date(),
        requestId: randomBytes(4).toString("hex"),
        secondFactor: consoleSettings().secondFactor,
        findViewer,
        refresh,
        rethrowFramework: unstable_rethrow,
        logFailure: (err, requestId) =>
          log.error({ err, requestId, action: definition.name }, "an action failed"),
        logStranger: (requestId) =>
          log.info({ requestId, action: definition.name }, "an action was refused: nobody is signed in"),
      },
      raw,
    );
}
