import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writePrivateFile } from "./private-file.ts";

const secret = () => z.string().default(() => randomBytes(32).toString("hex"));
const password = () => z.string().default(() => randomBytes(18).toString("base64url"));

/** Every secret of an installation. One that a file of an earlier version lacks is made when it is read. */
const secretsSchema = z.object({
  postgresSuperuserPassword: secret(),
  postgresGatehousePassword: secret(),
  postgresApplicationPassword: secret(),
  postgresUnleashPassword: secret(),
  unleashSessionSecret: secret(),
  unleashAdminPassword: password(),
  unleashAdminToken: secret(),
  unleashClientToken: secret(),
  sandboxApiKey: secret(),
  authSecret: secret(),
  loginKeySecret: secret(),
  gatewaySecret: secret(),
  notificationSecret: secret(),
  auditSecret: secret(),
  memberSecret: secret(),
  auditSigningKey: secret(),
  ledgerSecret: secret(),
});

export type Secrets = z.output<typeof secretsSchema>;

/** The installation's secrets; made at the first start, and never made again. */
export function loadSecrets(stateDir: string): Secrets {
  const path = join(stateDir, "secrets.json");
  const known: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const secrets = secretsSchema.parse(known);
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writePrivateFile(path, text);
  return secrets;
}
