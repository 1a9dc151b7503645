import { expect, test } from "vitest";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { countCalls } from "#lib/recording/testing/count-calls.ts";
import { sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import { countCells, listBars } from "./queries.ts";
import { limitsOf, timeLineOf } from "./rules.ts";

const minuteMs = 60_000;
// The partitions of a test run begin a month before it: what is recorded must lie near the real present.
const now = new Date();
const channel = `sample-${newId()}`;
const minute = (ago: number) => new Date(Math.floor(now.getTime() / minuteMs) * minuteMs - ago * minuteMs);
const timeZone = "Asia/Kathmandu";
const line = timeLineOf("24h", now, timeZone);

test("the time line has every bar of the window, with all, those that pass and those in trouble at the API", () =>
  inRolledBackTransaction(async (tx) => {
    const before = await listBars(tx, line, noFacets());
    await countCalls(tx, minute(0), 3, { channel });
    await countCalls(tx, minute(0), 4, {
      channel,
      outcome: "api_error",
      reason: "api_timed_out",
      apiStatus: 0,
    });
    await countCalls(tx, minute(300), 5, { channel });
    const bars = await listBars(tx, line, { ...noFacets(), channel: [channel] });
    expect(bars).toHaveLength(48);
    expect(bars.at(-1)).toMatchObject({ all: (before.at(-1)?.all ?? 0) + 7, shown: 7 });
    expect((bars.at(-1)?.apiErrors ?? 0) - (before.at(-1)?.apiErrors ?? 0)).toBe(4);
    expect(bars.reduce((sum, { shown }) => sum + shown, 0)).toBe(12);
    const noAnswer = await listBars(tx, line, { ...noFacets(), channel: [channel], apiStatus: ["0"] });
    expect(noAnswer.reduce((sum, { shown }) => sum + shown, 0)).toBe(4);
  }));

test("cells count what was recorded within the limits, by all that can be filtered for", () =>
  inRolledBackTransaction(async (tx) => {
    const login = sampleLogin(now, { channel });
    const tries = [1, 2].map((attempt) => sampleVerification(login, now, { attempt }));
    await tx.execute(recordStatement({ opened: [login], verifications: tries }));
    await countCalls(tx, minute(3 * 1440), 5, { channel });
    const cells = (await countCells(tx, limitsOf(line))).filter((cell) => cell.channel === channel);
    expect(cells).toEqual([
      {
        outcome: "matched",
        reason: "matched",
        modality: "face",
        stage: "100",
        channel,
        application: login.applicationId,
        apiStatus: "200",
        device: "phone_android",
        source: "gateway",
        count: 2,
      },
    ]);
  }));
