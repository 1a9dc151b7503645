/** The look of the console in small, written out: the sandbox stands alone and shares no sheet with it. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: light-dark(#fff, #101419); --ink: light-dark(#14171c, #eceef1);
  --ink-2: light-dark(#414852, #bcc3cd); --ink-3: light-dark(#5f6772, #929ba8); --hair: light-dark(#e2e5e0, #262d36);
  --hair-2: light-dark(#c9cdc8, #3a434f); --warn: light-dark(#8a5200, #e9b053); --warn-wash: light-dark(#fbf0dd, #2b2111); }
body { margin: 0; background: var(--page); color: var(--ink); font: 13px/20px "IBM Plex Sans", system-ui, "Segoe UI", sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 32px 16px 48px; }
h1 { margin: 0; font: 600 26px/32px "IBM Plex Sans", system-ui, sans-serif; letter-spacing: -.017em; }
h2 { margin: 0 0 8px; font-size: 13px; font-weight: 600; }
p { margin: 8px 0 0; } .lead { font-size: 15px; line-height: 22px; color: var(--ink-2); } .quiet { color: var(--ink-3); }
section { margin-top: 24px; padding-top: 12px; border-top: 1px solid var(--hair-2); }
dl { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; margin: 0; }
dt { color: var(--ink-3); } dd { margin: 0; font: 600 20px/26px "IBM Plex Sans", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 8px 5px 0; border-bottom: 1px solid var(--hair); text-align: left; font-weight: 400; vertical-align: top; }
td code { overflow-wrap: anywhere; } td:last-child { white-space: nowrap; }
thead th { font-size: 11px; color: var(--ink-3); } .num { text-align: right; } b { font-weight: 600; }
code { font: 12px/18px "IBM Plex Mono", ui-monospace, Menlo, monospace; }
.faults { margin: 0; padding: 0; list-style: none; } .faults li { padding: 6px 10px; border-left: 3px solid var(--warn); background: var(--warn-wash); margin-bottom: 4px; }
@media (max-width: 560px) { code { font-size: 11px; } dl { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
`;
