import "server-only";
import { checkedApiOf } from "#lib/integration-checks/rules.ts";
import type { CheckedApi } from "#lib/integration-checks/types.ts";
import { consoleSettings } from "./runtime.ts";

/** The API that integration checks are made against, with what of it may be shown. */
export const checkedApi = (): CheckedApi => checkedApiOf(consoleSettings().multibiometrics);
