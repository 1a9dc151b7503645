import type { BrowserContext, Page } from "@playwright/test";
import { quantile } from "../quantile.ts";

/** Sizes in bytes as sent (compressed), times in milliseconds, layout shift in the unit of the web vital. */
export type ScreenFigures = {
  scriptBytes: number;
  documentBytes: number;
  /** Until the page itself is answered; what it streams afterwards (how other parts answer at this moment) is in the whole. */
  serverMsMedian: number;
  serverMsP95: number;
  wholeMsMedian: number;
  largestPaintMs: number;
  layoutShift: number;
};

const WARM_UPS = 5;
const REPEATS = 30;
/** Time for what comes late: streamed parts, fonts, charts. What moves after it is moved by the reader. */
const SETTLE_MS = 1500;

/**
 * What one screen costs, with an empty cache: bytes of script, the largest paint and layout shift in the browser, and
 * the server's time when the document is asked for again and again.
 */
export async function measureScreen(context: BrowserContext, path: string): Promise<ScreenFigures> {
  const page = await context.newPage();
  try {
    const bytes = await countBytes(page);
    await page.addInitScript(observePaint);
    await page.goto(path, { waitUntil: "networkidle" });
    await page.waitForTimeout(SETTLE_MS);
    const paint = await page.evaluate(() => window.gatehousePaint);
    const served = await timeAnswers(context, new URL(path, page.url()).href);
    const firsts = served.map(({ firstMs }) => firstMs);
    return {
      ...bytes(),
      serverMsMedian: quantile(firsts, 0.5),
      serverMsP95: quantile(firsts, 0.95),
      wholeMsMedian: quantile(
        served.map(({ wholeMs }) => wholeMs),
        0.5,
      ),
      largestPaintMs: paint?.largestMs ?? 0,
      layoutShift: paint?.shift ?? 0,
    };
  } finally {
    await page.close();
  }
}

/** Follows what the browser is sent, as it travels; returns the way to read the sums. */
async function countBytes(page: Page): Promise<() => Pick<ScreenFigures, "scriptBytes" | "documentBytes">> {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, string>();
  const sums = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    sums.set(kind, (sums.get(kind) ?? 0) + encodedDataLength);
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  return () => ({ scriptBytes: sums.get("Script") ?? 0, documentBytes: sums.get("Document") ?? 0 });
}

type Answer = { firstMs: number; wholeMs: number };

async function timeAnswers(context: BrowserContext, url: string): Promise<Answer[]> {
  const cookies = await context.cookies(url);
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  const times: Answer[] = [];
  for (let turn = 0; turn < WARM_UPS + REPEATS; turn += 1) {
    const time = await timeAnswer(url, headers);
    if (turn >= WARM_UPS) times.push(time);
  }
  return times;
}

async function timeAnswer(url: string, headers: Record<string, string>): Promise<Answer> {
  const since = performance.now();
  const answer = await fetch(url, { headers, redirect: "manual" });
  if (answer.status !== 200 || answer.body === null) throw new Error(`${url} answered ${answer.status}`);
  let firstMs: number | null = null;
  for await (const _ of answer.body) firstMs ??= performance.now() - since;
  return { firstMs: firstMs ?? Number.NaN, wholeMs: performance.now() - since };
}

declare global {
  interface Window {
    gatehousePaint?: { largestMs: number; shift: number };
  }
}

/** Runs in the page, before anything of its own. */
function observePaint(): void {
  const paint = { largestMs: 0, shift: 0 };
  window.gatehousePaint = paint;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) paint.largestMs = Math.max(paint.largestMs, entry.startTime);
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      paint.shift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
}
