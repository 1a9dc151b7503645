import type { FaultPlan } from "../faults.ts";
import type { StatusFacts } from "./facts.ts";
import { PAGE_STYLE } from "./style.ts";
import { PAGE_TEXTS, type PageLanguage, type PageTexts } from "./texts.ts";

/** The status as a page without script: what is held, faults, calls and settings. */
export function writeStatusPage(facts: StatusFacts, language: PageLanguage): string {
  const t = PAGE_TEXTS[language];
  const since = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${t.title}</h1>
<p class="lead">${t.lead}</p>
<p class="quiet">${t.since} <time datetime="${facts.startedAt.toISOString()}">${since.format(facts.startedAt)}</time></p>
${section(t.held, heldOf(facts, t))}
${section(t.faults, faultsOf(facts.faults, t))}
${section(t.calls, callsOf(facts, t))}
${section(t.settings, settingsOf(facts, t))}
</main>
</body>
</html>
`;
}

const section = (title: string, content: string): string => `<section><h2>${title}</h2>${content}</section>`;

function heldOf({ held }: StatusFacts, t: PageTexts): string {
  const rows: [string, number][] = [
    [t.people, held.people],
    [t.withFace, held.withFace],
    [t.withFingers, held.withFingers],
    [t.fingers, held.fingers],
  ];
  const facts = rows.map(([name, count]) => `<div><dt>${name}</dt><dd>${count}</dd></div>`).join("");
  return `<dl>${facts}</dl><p class="quiet">${t.heldNote}</p>`;
}

function faultsOf(faults: FaultPlan, t: PageTexts): string {
  const how = `<p class="quiet">${t.faultsHow} <code>PUT /__sandbox/faults</code>, <code>DELETE /__sandbox/faults</code></p>`;
  const found = Object.entries(faults);
  if (found.length === 0) return `<p>${t.noFaults}</p>${how}`;
  const rows = found.map(([endpoint, { kind, times, ...more }]) => {
    const lasts = times === undefined ? t.untilCleared : t.forCalls(times);
    const details = Object.entries(more).map(([name, value]) => `${name} ${value}`);
    const where = endpoint === "*" ? t.everyOther : `<code>${escapeHtml(endpoint)}</code>`;
    return `<li><b>${where}</b> <code>${escapeHtml([kind, ...details].join(", "))}</code> ${lasts}</li>`;
  });
  return `<ul class="faults">${rows.join("")}</ul>${how}`;
}

function callsOf({ calls }: StatusFacts, t: PageTexts): string {
  const heads = [t.worked, t.refused, t.failed]
    .map((head) => `<th scope="col" class="num">${head}</th>`)
    .join("");
  const rows = Object.entries(calls).map(([name, { worked, refused, failed }]) => {
    const cells = [worked, refused, failed].map((count) => `<td class="num">${count}</td>`).join("");
    return `<tr><th scope="row"><code>${name}</code></th>${cells}</tr>`;
  });
  return `<table><thead><tr><th scope="col">${t.call}</th>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function settingsOf({ settings }: StatusFacts, t: PageTexts): string {
  const rows = settings.map(({ name, value, changed }) => {
    const state = changed ? `<b>${t.changed}</b>` : t.standard;
    return `<tr><th scope="row"><code>${name}</code></th><td><code>${escapeHtml(value)}</code></td><td>${state}</td></tr>`;
  });
  return `<table><thead><tr><th scope="col">${t.setting}</th><th scope="col" colspan="2">${t.value}</th></tr></thead><tbody>${rows.join("")}</tbody></table><p class="quiet">${t.settingsHow}</p>`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
