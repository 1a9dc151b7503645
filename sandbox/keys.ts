import { createHash, timingSafeEqual } from "node:crypto";
import { GatewayRefusal } from "./refusal.ts";

const header = "ocp-apim-subscription-key";

/** Lets a request pass when it carries one of the keys; throws the gateway's 401 otherwise. */
export function checkKey(headers: Record<string, unknown>, accepted: string[]): void {
  const sent = headers[header];
  if (typeof sent !== "string" || sent === "") {
    throw new GatewayRefusal(
      401,
      "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
    );
  }
  const right = accepted.filter((key) => timingSafeEqual(digest(key), digest(sent)));
  if (right.length === 0) {
    throw new GatewayRefusal(
      401,
      "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
    );
  }
}

function digest(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
