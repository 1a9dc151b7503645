import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { ledgerLineSchema } from "./schema.ts";
import type { LedgerFact } from "./types.ts";

/** How the ledger names a person: HMAC-SHA-256 of the CustomID with the ledger's secret, in hexadecimal. */
export const ledgerRefOf = (secretHex: string, customId: string): string =>
  createHmac("sha256", Buffer.from(secretHex, "hex")).update(customId, "utf8").digest("hex");

/** The key of the lines' own codes, so that none of them could be a reference. */
export const lineKeyOf = (secretHex: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", Buffer.from(secretHex, "hex"), "", "gatehouse erasure ledger 1", 32));

const macOf = (key: Uint8Array, body: string): Buffer => createHmac("sha256", key).update(body).digest();

/** Where a line stands: in which file, by the name it was begun under, and at which place, from 1. */
export type Place = { log: string; n: number };

/**
 * A fact as a line of JSON with its code at the end. Every line proves itself, and says its place, so that one damaged
 * line casts no doubt on the others and one taken away is missed.
 */
export function composeLine(key: Uint8Array, { log, n }: Place, fact: LedgerFact): string {
  const { kind, ref, at } = fact;
  const request = fact.kind === "erasure" ? { protocol: fact.protocol, requestId: fact.requestId } : {};
  const body = JSON.stringify({ log, n, kind, ref, at: at.toISOString(), ...request });
  return `${body.slice(0, -1)},"mac":"${macOf(key, body).toString("hex")}"}\n`;
}

const LINE = /^(\{.+),"mac":"([0-9a-f]{64})"\}$/;

/** A line read back; null where it is not one that this secret has made. */
export function openLine(key: Uint8Array, line: string): { place: Place; fact: LedgerFact } | null {
  const [, open = "", mac = ""] = LINE.exec(line) ?? [];
  const body = `${open}}`;
  if (open === "" || !timingSafeEqual(Buffer.from(mac, "hex"), macOf(key, body))) return null;
  const { log, n, ...fact } = ledgerLineSchema.parse(JSON.parse(body));
  return { place: { log, n }, fact };
}

/** An enrolment lies after the erasure it follows, also where another machine's clock is behind. */
export const enrolledAfter = (erasedAt: Date, at: Date): Date =>
  new Date(Math.max(at.getTime(), erasedAt.getTime() + 1));
