import { isShorter } from "#lib/retention/rules.ts";
import { ENGLISH_HEALTH } from "./compose-english-health.ts";
import { ENGLISH_REQUESTS } from "./compose-english-requests.ts";
import { ENGLISH_ROLLOUT } from "./compose-english-rollout.ts";
import type { Composers } from "./types.ts";

/** What each event is called and says in English. */
export const ENGLISH: Composers = {
  ...ENGLISH_HEALTH,
  ...ENGLISH_REQUESTS,
  ...ENGLISH_ROLLOUT,
  "gateway.silent": ({ gateway, lastSeenAt }, { time }) => ({
    subject: `Gateway ${gateway} is silent`,
    lines: [
      `Gateway ${gateway} has not reported since ${time(lastSeenAt)}.`,
      "It may be stopped, or it may not reach the database. Look at its process and its log.",
    ],
  }),
  "gateway.back": ({ gateway, since }, { time }) => ({
    subject: `Gateway ${gateway} is back`,
    lines: [`Gateway ${gateway} reports again. It was told as silent on ${time(since)}.`],
  }),
  "policy.changed": ({ version }) => ({
    subject: `The rules changed: policy ${version} is in force`,
    lines: [
      `Somebody changed the gateway's rules. Policy ${version} is in force.`,
      "Settings, Policies says what changed, who did it and why.",
    ],
  }),
  "application_key.created": ({ application, ending }) => ({
    subject: `${application} has a new key`,
    lines: [
      `A key that ends in ${ending} was made for ${application}.`,
      "If nobody you know did that, revoke it under Settings, Applications.",
    ],
  }),
  "application_key.ended": ({ application, ending }) => ({
    subject: `A key of ${application} ended`,
    lines: [
      `The key that ends in ${ending} no longer opens anything.`,
      `If ${application} still uses it, its logins go the old way until it has another key.`,
    ],
  }),
  "retention.shortened": ({ before, after, from }, { number, time }) => ({
    subject: "Data is to be kept for a shorter time",
    lines: [
      `Somebody shortened the retention. What is past the new time is deleted from ${time(from)} on, and that cannot be undone.`,
      `Logins and verifications: ${number(before.historyDays)} → ${number(after.historyDays)} days.`,
      `Counts: ${number(before.rollupDays)} → ${number(after.rollupDays)} days.`,
      `Notifications: ${number(before.deliveryDays)} → ${number(after.deliveryDays)} days.`,
      ...(isShorter(after.inactivePersonDays, before.inactivePersonDays)
        ? [
            `People inactive for more than ${number(after.inactivePersonDays ?? 0)} days are put on a list for deletion, which somebody approves.`,
          ]
        : []),
      "Putting the old time back before then under Settings, Retention deletes nothing.",
    ],
  }),
  "sign_in.refused_repeatedly": ({ memberId, refusals, minutes }, { number }) => ({
    subject: "Sign-ins to one account are refused again and again",
    lines: [
      `Within ${number(minutes)} minutes ${number(refusals)} sign-ins to one console account were refused.`,
      `The account's id is ${memberId}; the audit log has each try.`,
    ],
  }),
  "audit.checkpoint_signed": ({ treeSize, note }, { number }) => ({
    subject: `The audit log was signed at ${number(treeSize)} entries`,
    lines: ["Keep this note outside Gatehouse. It proves what the log was at this moment.", note],
  }),
  "audit.seal_late": ({ waiting, since }, { number, time }) => ({
    subject: "Entries of the audit log wait for their place",
    lines: [
      `${number(waiting)} entries are in the audit log and not yet in its tree, the first since ${time(since)}.`,
      "The worker does this within a second. Look at its process and its log.",
    ],
  }),
  "audit.sealed_again": ({ since }, { time }) => ({
    subject: "Every entry of the audit log has its place again",
    lines: [`The trouble that was seen on ${time(since)} is over.`],
  }),
  "audit.history_changed": ({ keptSize, treeSize }, { number }) => ({
    subject: "The audit log was changed behind Gatehouse's back",
    lines: [
      `A checkpoint kept outside the database covers ${number(keptSize)} entries. The log has ${number(treeSize)} and no longer begins with them.`,
      "Either somebody changed the database, or an old copy of it was put back. Nothing is signed until that is clear.",
      "Verify the log on the Audit page, and compare with the checkpoints you keep elsewhere.",
    ],
  }),
  "audit.verification_failed": ({ treeSize, codes }, { number }) => ({
    subject: "Verifying the audit log found something wrong",
    lines: [
      `Of ${number(treeSize)} entries not everything is as it was signed: ${codes.join(", ")}.`,
      "The Audit page names the first bad entry.",
    ],
  }),
  "administrator.added": ({ memberId }) => ({
    subject: "An account was made an administrator",
    lines: [
      "Somebody was invited or made an administrator of the console.",
      `The account's id is ${memberId}; the audit log says who did it. If nobody you know did, disable it under Settings, Members.`,
    ],
  }),
  "legacy_login.failing": ({ failures, status }, { number }) => ({
    subject: "The legacy login does not work",
    lines: [
      `${number(failures)} trials of the legacy login in a row failed${status === null ? "." : `; the last was answered ${status}.`}`,
      "Whoever is sent to it may be locked out, and a halt of biometrics would send everybody. Rollout, Legacy login has each trial.",
    ],
  }),
  "legacy_login.works_again": ({ since }, { time }) => ({
    subject: "The legacy login works again",
    lines: [`The trouble that was seen on ${time(since)} is over: a trial of the legacy login worked.`],
  }),
  test: ({ target }) => ({
    subject: "A test from Gatehouse",
    lines: [`This is a test of the notification target “${target}”. It arrived; nothing happened.`],
  }),
};
