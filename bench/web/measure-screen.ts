import type { BrowserContext, Page } from "@playwright/test";
import { quantile } from "../quantile.ts";

/** Sizes in bytes as sent (compressed), times in milliseconds, layout shift in the unit of the web vital. */
export type ScreenFigures = {
  scriptBytes: number;
  documentBytes: number;
  serverMsMedian: number;
  serverMsP95: number;
  largestPaintMs: number;
  layoutShift: number;
};

const WARM_UPS = 5;
const REPEATS = 30;
/** Time for what comes late: streamed parts, fonts, charts. What moves after it is moved by the reader. */
const SETTLE_MS = 1500;

/**
 * What one screen costs, with an empty cache: bytes of script, the largest paint and layout shift in the browser, and
 * the time until the whole document has been answered when it is asked for again and again.
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
    return {
      ...bytes(),
      serverMsMedian: quantile(served, 0.5),
      serverMsP95: quantile(served, 0.95),
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

async function timeAnswers(context: BrowserContext, url: string): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < WARM_UPS + REPEATS; turn += 1) {
    const since = performance.now();
    const answer = await context.request.get(url);
    await answer.body();
    const ms = performance.now() - since;
    if (!answer.ok()) throw new Error(`${url} answered ${answer.status()}`);
    await answer.dispose();
    if (turn >= WARM_UPS) times.push(ms);
  }
  return times;
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
