import { addressOf, consoleDoors } from "#e2e/fixtures/console-doors.ts";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { expectFits } from "#e2e/fixtures/fits.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, test } from "#e2e/fixtures/test.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { ROLES, type Role } from "#lib/members/schema.ts";

/** Every page with an address of its own and who may open it, by the policy; everyone else is told so. */
const SCREENS: Record<string, readonly Role[]> = Object.fromEntries(
  consoleDoors()
    .filter(({ kind, path }) => kind === "page" && !path.includes("["))
    .map(({ path, permissions }) => [
      addressOf(path),
      ROLES.filter((role) => permissions.every((permission) => grantOf(role, permission) !== null)),
    ]),
);

test.beforeAll(async () => {
  const face = await facePicture("ana");
  // A name of its own each time: a worker that was started anew does this again.
  const customId = `every-screen-${Date.now()}`;
  await enrol(customId, face);
  await logIn(customId, face);
});

const SCREENS_COUNT = Object.keys(SCREENS).length;

/**
 * Between them these two are given every act that stands on a page with an address of its own: the product manager those of
 * the rollout, the administrator all others. On any other page a product manager is given less of what the administrator is.
 */
const isLookedAt = (role: Role, path: string): boolean =>
  role === "administrator" || (role === "product_manager" && path.startsWith("/rollout"));

for (const role of ROLES) {
  test(`a ${role} opens what the role may open, and is told where not`, async ({ browser, watch }) => {
    // Every page of the console, and axe on each, twice: two seconds where nothing else is done, eight on a slow machine
    // that walks journeys beside it.
    test.setTimeout(SCREENS_COUNT * 16_000);
    // A refused page is a failed request to the browser, and says so itself.
    watch.expect(/status of 403/);
    const page = await pageOf(browser, role);
    const refused = Object.keys(SCREENS).find((path) => !SCREENS[path]?.includes(role));
    for (const [path, roles] of Object.entries(SCREENS)) {
      const answer = await page.goto(path);
      const isOpen = roles.includes(role);
      expect([path, answer?.status()]).toEqual([path, isOpen ? 200 : 403]);
      // A list may still be loading when its page has come.
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
      const told = page.getByRole("heading", { level: 1, name: "This is not open to your role" });
      await expect(told).toHaveCount(isOpen ? 0 : 1);
      // Every refusal is the same page: the first stands for all.
      if (isLookedAt(role, path) && (isOpen || path === refused))
        await expectAccessible(page, ["light", "dark"]);
    }
    await page.context().close();
  });
}

test("every screen can be read at 200 % and on a phone, without scrolling sideways", async ({
  console: page,
}) => {
  test.setTimeout(SCREENS_COUNT * 6_000);
  for (const path of [...Object.keys(SCREENS), "/sample"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFits(page);
  }
});

test("with reduced motion nothing moves, dialogs and menus included", async ({ console: page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const path of [...Object.keys(SCREENS), "/sample"]) {
    await page.goto(path);
    await page.keyboard.press("ControlOrMeta+k");
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter((one) => one.playState === "running" && Number(one.effect?.getComputedTiming().duration) > 1)
        .map((one) =>
          one.effect instanceof KeyframeEffect ? one.effect.target?.outerHTML.slice(0, 100) : "",
        ),
    );
    expect([path, moving]).toEqual([path, []]);
  }
});
