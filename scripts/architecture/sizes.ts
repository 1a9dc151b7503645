import { isTest, type Refusal, type Rule, type SyntaxNode, walk } from "./source.ts";

const FILE_LINES = 300;
/** A table of cases is a list, and longer than what it proves. */
const TEST_LINES = 400;
const PAGE_LINES = 60;
const FUNCTION_LINES = 80;
const COMPONENT_LINES = 100;
/** Lists of columns, of acts and of texts: read by looking up, not from top to bottom. */
const LISTS =
  /^(db\/schema\/|lib\/[^/]+\/schema\.ts$|lib\/audit\/types\.ts$|lib\/i18n\/messages\/|lib\/feedback\/catalogues\/|lib\/recording\/columns\.ts$)/;

/** Files stay small enough to be read at once. */
export const keepFilesSmall: Rule = (source) => {
  if (LISTS.test(source.path)) return [];
  const isPage = /^app\/.*\/?page\.tsx$/.test(source.path);
  const limit = isPage ? PAGE_LINES : isTest(source.path) ? TEST_LINES : FILE_LINES;
  if (source.lineCount <= limit) return [];
  return [
    {
      path: source.path,
      line: limit,
      what: `${source.lineCount} lines, ${limit} is the end`,
      why: isPage
        ? "a page loads and composes, and does nothing itself"
        : "what does not fit one view is not read whole",
      instead: isPage
        ? "_components/ beside the page, or a loader in lib/"
        : "one file for each thing it holds",
    },
  ];
};

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Functions stay small enough to be understood one at a time. */
export const keepFunctionsSmall: Rule = (source) => {
  if (isTest(source.path)) return [];
  const limit = source.path.endsWith(".tsx") ? COMPONENT_LINES : FUNCTION_LINES;
  const linesOf = ({ start, end }: SyntaxNode) => source.lineAt(end) - source.lineAt(start) + 1;
  return [...walk(source.program.body)]
    .filter((node) => FUNCTIONS.has(node.type) && linesOf(node) > limit)
    .map(
      (node): Refusal => ({
        path: source.path,
        line: source.lineAt(node.start),
        what: `a function of ${linesOf(node)} lines, ${limit} is the end`,
        why: "a long function has parts without names",
        instead: "name its parts: functions of their own, above or below it",
      }),
    );
};
