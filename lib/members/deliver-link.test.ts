import { expect, test } from "vitest";
import { startSmtp } from "#lib/notifications/testing/start-smtp.ts";
import { addressOfLink, deliverLink } from "./deliver-link.ts";
import type { NewLink } from "./types.ts";

const link: NewLink = {
  memberId: "0199dc25-0000-7000-8000-000000000001",
  email: "vera@company.example",
  invitationId: "0199dc25-0000-7000-8000-000000000002",
  purpose: "join",
  token: "a".repeat(43),
  expiresAt: new Date("2026-03-20T12:00:00.000Z"),
};
const address = addressOfLink("https://gatehouse.company.example", link);
const delivery = { link, by: "<b>Ana & Co</b>", address };
const reader = { locale: "pt-BR", timeZone: "America/Sao_Paulo" } as const;

/** The letter as its reader gets it: long lines joined again, and signs written in full. */
const readable = (letter = ""): string =>
  letter
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (run) => decodeURIComponent(run.replaceAll("=", "%")));

test("the token stands behind the #, where no server sees it", () => {
  expect(new URL(address).hash).toBe(`#${link.token}`);
  expect(new URL(address).pathname + new URL(address).search).toBe("/invitation");
});

test("the e-mail carries the whole link and its end in the installation's zone, and a name is only text", async () => {
  const mailbox = await startSmtp();
  expect(await deliverLink(delivery, { ...reader, smtp: mailbox.server })).toBe("sent");
  const letter = readable(mailbox.letters[0]);
  expect(letter).toContain("To: vera@company.example");
  expect(letter).toContain(address);
  expect(letter).toContain("20 de mar. de 2026, 09:00");
  expect(letter).toContain("&lt;b&gt;Ana &amp; Co&lt;/b&gt;");
  await mailbox.close();
});

test("without an e-mail server nothing is sent, and a server that is away is told as that", async () => {
  expect(await deliverLink(delivery, { ...reader, smtp: null })).toBe("not_set");
  const { server, close } = await startSmtp();
  await close();
  expect(await deliverLink(delivery, { ...reader, smtp: server })).toBe("connection_refused");
});
