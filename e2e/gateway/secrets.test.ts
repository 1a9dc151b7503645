import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { API_KEY, callGateway, healthOf, startWorld, until, type World } from "./start-world.ts";

const LONG_BASE64 = /[A-Za-z0-9+/_-]{201,}/;
const CUSTOM_ID = "pessoa-amostra-4711";
/** A flag server with one flag, on for everybody. */
const FLAGS = {
  version: 2,
  features: [
    {
      name: "biometric-login",
      enabled: true,
      type: "release",
      stale: false,
      impressionData: false,
      variants: [],
      strategies: [
        {
          name: "flexibleRollout",
          constraints: [],
          parameters: { rollout: "100", stickiness: "loginKey", groupId: "biometric-login" },
        },
      ],
    },
  ],
};

let world: World;
let unleash: Server;
let gateway: ChildProcess;
let url: string;
let output = "";
const answers: string[] = [];

beforeAll(async () => {
  world = await startWorld();
  unleash = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(FLAGS));
  });
  unleash.listen(0, "127.0.0.1");
  await once(unleash, "listening");
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  gateway = fork("gateway/main.ts", {
    execArgv: ["--import", "tsx"],
    silent: true,
    env: {
      ...process.env,
      ...world.environment,
      LOG_LEVEL: "trace",
      GATEWAY_PORT: String(port),
      GATEWAY_DATA_DIR: `${world.dataDir}-process`,
      UNLEASH_URL: `http://127.0.0.1:${(unleash.address() as AddressInfo).port}`,
    },
  });
  for (const stream of [gateway.stdout, gateway.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [message] = await once(gateway, "message");
  expect(message).toBe("ready");
  await until(async () => (await healthOf(url)).parts.unleash?.status === "ok");
});
afterAll(async () => {
  gateway.kill("SIGKILL");
  unleash.close();
  await world.close();
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function call(method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await callGateway(url, world.key, method, path, body, headers);
  answers.push(JSON.stringify([answer.status, answer.body, ...answer.headers]));
  return answer;
}

/** Goes through everything a gateway can be asked and can run into. */
async function liveThroughEverything(): Promise<void> {
  const face = (await sampleFace("A")).toString("base64");
  const other = (await sampleFace("B")).toString("base64");
  const text = Buffer.from("not a picture ".repeat(40)).toString("base64");
  const login = { customId: CUSTOM_ID, face };
  const enrolment = { customId: CUSTOM_ID, legalBasis: "lgpd_11_i_consent", face };
  await call("POST", "/v1/enrollments", enrolment, { "idempotency-key": "one" });
  await call("POST", "/v1/enrollments", enrolment, { "idempotency-key": "one" });
  await call("PUT", "/v1/enrollments", { customId: CUSTOM_ID, face });
  expect((await call("POST", "/v1/logins", login)).body.decision).toBe("approved");
  const refused = await call("POST", "/v1/logins", { customId: CUSTOM_ID, face: other });
  expect(refused.body.reason).toBe("different_person");
  await call("POST", "/v1/logins", { customId: CUSTOM_ID, face: text });
  await call("POST", "/v1/logins", { ...login, surplus: face });
  await call("POST", "/v1/logins", `{"customId":"${CUSTOM_ID}","face":"${face}`);
  await call("POST", "/v1/comparisons", { type: "face", a: face, b: other });
  await world.faults({ "*": { kind: "plain_text", text: `${API_KEY} ${face}` } });
  await call("POST", "/v1/logins", login);
  await world.faults({ "*": { kind: "garbage" } });
  await call("POST", "/v1/logins", login);
  await world.faults({});
  const open = await call("POST", "/v1/logins", { customId: CUSTOM_ID });
  await world.proxy.cut();
  await call("POST", `/v1/logins/${open.body.loginId}/verifications`, { face });
  await call("POST", "/v1/logins", login);
  await call("POST", "/v1/enrollments", { ...enrolment, customId: `${CUSTOM_ID}-2` });
}

async function filesUnder(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
}

async function wholeDatabase(): Promise<string> {
  const tables = await world.db.sql`select tablename from pg_tables where schemaname = 'public'`;
  const texts = [];
  for (const { tablename } of tables) {
    const rows = await world.db.sql`select t::text as row from ${world.db.sql(tablename)} t`;
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}

test("neither the API key nor a picture is found in answers, log, journal, snapshot or database", async () => {
  await liveThroughEverything();
  const journal = Buffer.concat(await filesUnder(`${world.dataDir}-process`)).toString("latin1");
  expect(journal.length).toBeGreaterThan(500);
  await world.proxy.restore();
  await until(async () => (await healthOf(url)).parts.journal?.status === "ok");
  const database = await wholeDatabase();
  expect(database).toContain(CUSTOM_ID);
  expect(output).toContain('"route":"/v1/logins/:loginId/verifications"');
  const places = { answers: answers.join("\n"), log: output, journal, database };
  for (const [place, text] of Object.entries(places)) {
    expect(text.includes(API_KEY), `the API key in the ${place}`).toBe(false);
    expect(text.includes(world.key), `the application key in the ${place}`).toBe(false);
    expect(LONG_BASE64.exec(text)?.[0], `Base64 in the ${place}`).toBeUndefined();
    expect(text.includes((await sampleFace("A")).toString("base64").slice(200, 260)), place).toBe(false);
  }
  for (const place of ["answers", "log", "journal"] as const) {
    expect(places[place].includes(CUSTOM_ID), `a CustomID in the ${place}`).toBe(false);
  }
});

test("SIGTERM ends the gateway in order", async () => {
  const ended = once(gateway, "exit");
  gateway.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});
