import { readFileSync } from "node:fs";
import { openDatabase } from "#db/client.ts";
import { enrolTester } from "#lib/campaigns/enrol-tester.ts";
import { systemClock } from "#lib/clock.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";

/** Enrols one tester as the console does, until it is killed. */
const { DATABASE_URL = "", API_URL = "", API_KEY = "", TOKEN = "", PICTURE_FILE = "" } = process.env;
const database = openDatabase(DATABASE_URL, { connections: 2, applicationName: "gatehouse-console" });
const api = createMultibiometrics({ url: API_URL, apiKey: API_KEY, qualityApiKey: API_KEY });
process.once("disconnect", () => process.exit(0));
process.send?.("ready");

const picture = readFileSync(PICTURE_FILE).toString("base64");
await enrolTester({ db: database.db, api, clock: systemClock }, { token: TOKEN, modality: "face", picture });
