import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createTranslator } from "next-intl";
import PDFDocument from "pdfkit";
import { FORMAT_LOCALES } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import type { Block, Letter, LetterItem, TableColumn } from "./types.ts";

/** Points. One column of a readable measure. */
const MARGIN = 68;
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - 76;
const LABEL_WIDTH = 148;
const COLUMNS = { what: 196, count: 44, where: 108, article: WIDTH - 196 - 44 - 108 } as const;
const GAP = 10;
const INK = "#1a1c1f";
const QUIET = "#5c6166";
const RULE = "#d8dbde";

type Doc = InstanceType<typeof PDFDocument>;
type Structure = PDFKit.PDFStructureElement;

let fonts: { regular: Buffer; bold: Buffer } | undefined;

/** IBM Plex Sans, as in the console. Found from the working directory: a bundle's own place is not beside node_modules. */
function readFonts() {
  const require = createRequire(path.join(process.cwd(), "package.json"));
  const folder = path.dirname(require.resolve("@fontsource/ibm-plex-sans/package.json"));
  const read = (weight: number) =>
    readFileSync(path.join(folder, "files", `ibm-plex-sans-latin-${weight}-normal.woff`));
  fonts ??= { regular: read(400), bold: read(600) };
  return fonts;
}

/** Lays a letter out as a tagged PDF/A-3. The same letter gives the same bytes each time. */
export async function composePdf(letter: Letter): Promise<Buffer> {
  const doc = openDocument(letter);
  const done = collect(doc);
  const root = doc.struct("Document");
  doc.addStructure(root);
  const page = { doc, root };
  doc.font("bold").fontSize(20).fillColor(INK);
  write(page, "H1", letter.title);
  doc.y += 8;
  for (const block of letter.blocks) layBlock(page, block);
  root.end();
  layFooters(doc, letter);
  attach(doc, letter);
  doc.end();
  return done;
}

function openDocument({ title, locale, at }: Letter): Doc {
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: 76, left: MARGIN, right: MARGIN },
    pdfVersion: "1.7",
    subset: "PDF/A-3a",
    lang: locale,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Producer: "Gatehouse", Creator: "Gatehouse", CreationDate: at, ModDate: at },
  } as PDFKit.PDFDocumentOptions);
  const { regular, bold } = readFonts();
  doc.registerFont("regular", regular);
  doc.registerFont("bold", bold);
  return doc;
}

function collect(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    doc.on("data", (piece: Buffer) => pieces.push(piece));
    doc.on("end", () => resolve(Buffer.concat(pieces)));
    doc.on("error", reject);
  });
}

type Page = { doc: Doc; root: Structure };

/** Goes on a new page where so many points no longer fit. */
function reserve(doc: Doc, height: number): void {
  if (doc.y + height > BOTTOM) doc.addPage();
}

function write({ doc, root }: Page, tag: string, text: string): void {
  root.add(doc.struct(tag, {}, () => void doc.text(text, MARGIN, doc.y, { width: WIDTH, lineGap: 2 })));
}

function layBlock(page: Page, block: Block): void {
  const { doc } = page;
  if (block.kind === "heading") {
    doc.y += 8;
    doc.font("bold").fontSize(12.5).fillColor(INK);
    // A heading never stands alone at the foot of a page.
    reserve(doc, 64);
    write(page, "H2", block.text);
    doc.y += 2;
  } else if (block.kind === "text") {
    doc.font("regular").fontSize(10.5).fillColor(INK);
    write(page, "P", block.text);
    doc.y += 7;
  } else if (block.kind === "facts") layFacts(page, block.rows);
  else if (block.kind === "table") layTable(page, block.columns, block.rows);
  else layItems(page, block.heads, block.rows);
}

function layFacts({ doc, root }: Page, rows: readonly (readonly [string, string])[]): void {
  const table = doc.struct("Table");
  root.add(table);
  const across = WIDTH - LABEL_WIDTH - GAP;
  for (const [label, value] of rows) {
    doc.font("regular").fontSize(10);
    const height = Math.max(
      doc.heightOfString(label, { width: LABEL_WIDTH }),
      doc.heightOfString(value, { width: across }),
    );
    reserve(doc, height + 6);
    const top = doc.y;
    const row = doc.struct("TR");
    table.add(row);
    row.add(cell(doc, "TH", label, { x: MARGIN, y: top, width: LABEL_WIDTH, color: QUIET }));
    row.add(cell(doc, "TD", value, { x: MARGIN + LABEL_WIDTH + GAP, y: top, width: across, color: INK }));
    row.end();
    doc.y = top + height + 5;
  }
  table.end();
  doc.y += 5;
}

type Cell = { x: number; y: number; width: number; color: string; align?: "right" };

const cell = (doc: Doc, tag: "TH" | "TD", text: string, { x, y, width, color, align = undefined }: Cell) =>
  doc.struct(tag, {}, () => {
    doc.fillColor(color).text(text, x, y, { width, ...(align === undefined ? {} : { align }) });
  });

function layItems(page: Page, heads: LetterItem, rows: readonly LetterItem[]): void {
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const columns = names.map((name): TableColumn => {
    const align = name === "count" ? { align: "right" as const } : {};
    return { head: heads[name], width: COLUMNS[name], ...align };
  });
  layTable(
    page,
    columns,
    rows.map((row) => names.map((name) => row[name])),
  );
}

function layTable(
  { doc, root }: Page,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): void {
  const table = doc.struct("Table");
  root.add(table);
  for (const [place, texts] of [columns.map(({ head }) => head), ...rows].entries()) {
    doc.font(place === 0 ? "bold" : "regular").fontSize(9.5);
    const heights = columns.map(({ width }, at) =>
      doc.heightOfString(texts[at] ?? "", { width: width - GAP }),
    );
    const height = Math.max(...heights);
    reserve(doc, height + 8);
    const top = doc.y;
    const row = doc.struct("TR");
    table.add(row);
    let x = MARGIN;
    for (const [at, { width, align }] of columns.entries()) {
      const place_ = { x, y: top, width: width - GAP, color: place === 0 ? QUIET : INK };
      row.add(
        cell(doc, place === 0 ? "TH" : "TD", texts[at] ?? "", { ...place_, ...(align ? { align } : {}) }),
      );
      x += width;
    }
    row.end();
    doc.y = top + height + 3;
    ruleAt(doc, doc.y);
    doc.y += 4;
  }
  table.end();
  doc.y += 5;
}

/** A line says nothing to a reader that reads aloud. */
function ruleAt(doc: Doc, y: number): void {
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(0.5)
    .strokeColor(RULE)
    .stroke();
  doc.endMarkedContent();
}

function layFooters(doc: Doc, { locale, running }: Letter): void {
  const t = createTranslator({
    locale: FORMAT_LOCALES[locale],
    messages: MESSAGES[locale],
    namespace: "letters",
  });
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    // Below the margin a text would open a new page.
    doc.page.margins.bottom = 0;
    doc.font("regular").fontSize(8.5).fillColor(QUIET);
    doc.markContent("Artifact", { type: "Pagination", attached: ["Bottom"] });
    const number = t("page", { page: page + 1, pages: count });
    doc.text(running, MARGIN, 841.89 - 48, { width: WIDTH - 100, lineBreak: false });
    doc.text(number, MARGIN + WIDTH - 100, 841.89 - 48, { width: 100, align: "right", lineBreak: false });
    doc.endMarkedContent();
  }
}

function attach(doc: Doc, { attachment, at }: Letter): void {
  if (attachment === undefined) return;
  doc.file(Buffer.from(attachment.content), {
    name: attachment.name,
    type: "application/json",
    relationship: "Data",
    creationDate: at,
    modifiedDate: at,
  } as Parameters<Doc["file"]>[1]);
}
