import { cameraRefused } from "#e2e/fixtures/browser.ts";
import { asFile, facePicture, pictureWithoutFace } from "#e2e/fixtures/faces.ts";
import { enrol, enrolFinger } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";
import { generatePrint } from "#sandbox/fingers/generate-print.ts";

const { chromePath } = readJourneySettings();
test.use({ launchOptions: { executablePath: chromePath, args: cameraRefused() } });

test("a refused camera is said plainly, and an upload lets the member in", async ({ page }) => {
  await enrol("upload-journey-1", await facePicture("ana"));
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("upload-journey-1");
  await page.getByRole("button", { name: "Log in with your face" }).click();
  const trouble = page.locator("main").getByRole("alert");
  await expect(trouble.getByRole("heading")).toHaveText("The camera was not allowed");
  await expectAccessible(page);
  await keepPicture(page, "sample-no-camera");
  const another = await facePicture("ana", { width: 380, brightness: 1.15, quality: 75 });
  await page.getByLabel("Upload a picture").setInputFiles(asFile(another));
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
});

test("a file that is no picture and a picture without a face get clear words", async ({ page }) => {
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("upload-journey-2");
  await page.getByRole("button", { name: "Set up your face" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and open the camera" }).click();
  const upload = page.getByLabel("Upload a picture");
  await upload.setInputFiles(asFile(Buffer.from("No picture at all."), "notes.jpg"));
  await expect(
    page.getByRole("region", { name: "Log in" }).getByText("That file could not be opened as a picture."),
  ).toBeVisible();
  await upload.setInputFiles(asFile(await pictureWithoutFace()));
  await expect(page.getByText("No face was found. Look straight at the camera")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send this picture anyway" }).click();
  await expect(
    page
      .getByRole("region", { name: "Log in" })
      .getByText("No face was found. Keep your face inside the oval"),
  ).toBeVisible();
  await upload.setInputFiles(asFile(await facePicture("clara")));
  await expect(page.getByRole("heading", { name: "You are set up" })).toBeVisible();
});

test("a newcomer without a camera tries it all with the sample faces", async ({ page }) => {
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("upload-journey-3");
  await page.getByRole("button", { name: "Set up your face" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and open the camera" }).click();
  await page.getByRole("button", { name: "Person A", exact: true }).click();
  await page.getByRole("button", { name: "Log in with your face now" }).click();
  await page.getByRole("button", { name: "Person A, other picture" }).click();
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("button", { name: "Log in with your face" }).click();
  await page.getByRole("button", { name: "Person B" }).click();
  await expect(page.locator("main").getByRole("alert").filter({ hasText: "did not match" })).toBeVisible();
  await page.getByRole("button", { name: "Use my password instead" }).click();
  await page.getByLabel("Password").fill("bruma-sample");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByText("You logged in with your password.")).toBeVisible();
});

test("a finger from a file lets its owner in, and another finger does not", async ({ page }) => {
  const print = await generatePrint(41);
  await enrolFinger("upload-journey-4", print);
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("upload-journey-4");
  await page.getByRole("button", { name: "Log in with your face" }).click();
  await page.getByRole("button", { name: "Use a finger" }).click();
  await expect(page.getByRole("radio", { name: "2 · right index finger" })).toBeChecked();
  const choose = page.getByLabel("Choose a picture: 2 · right index finger");
  await choose.setInputFiles(asFile(await generatePrint(42), "finger.png", "image/png"));
  await expect(page.getByRole("button", { name: "Remove 2 · right index finger" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use this finger" }).click();
  await expect(page.locator("main").getByRole("alert").filter({ hasText: "did not match" })).toBeVisible();
  await choose.setInputFiles(asFile(print, "finger.png", "image/png"));
  await page.getByRole("button", { name: "Use this finger" }).click();
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
});

test("a member who is set up already can log in at once or replace the picture", async ({ page }) => {
  await enrol("upload-journey-5", await facePicture("ana"));
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("upload-journey-5");
  await page.getByRole("button", { name: "Set up your face" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and open the camera" }).click();
  await page.getByLabel("Upload a picture").setInputFiles(asFile(await facePicture("clara")));
  await expect(
    page.getByRole("region", { name: "Log in" }).getByText("You are already set up."),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Replace my picture" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Agree and open the camera" }).click();
  await page.getByLabel("Upload a picture").setInputFiles(asFile(await facePicture("clara")));
  await expect(
    page.getByRole("region", { name: "Log in" }).getByText("Your new picture is in use from now on."),
  ).toBeVisible();
});

test("a member confirms a payment with the face, and another one with the password", async ({ page }) => {
  await enrol("upload-journey-7", await facePicture("ana"));
  const upload = async () => {
    const again = asFile(await facePicture("ana", { width: 400 }));
    await page.getByLabel("Upload a picture").setInputFiles(again);
  };
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("upload-journey-7");
  await page.getByRole("button", { name: "Log in with your face" }).click();
  await upload();
  await expect(page.getByRole("heading", { name: "Welcome back" })).toBeVisible();
  await page.getByRole("button", { name: "Confirm a payment" }).click();
  await expect(page.getByRole("heading", { name: "Confirm the payment" })).toBeFocused();
  await expect(page.getByText("R$120.00")).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "sample-payment");
  await upload();
  await expect(page.getByRole("heading", { name: "Payment confirmed" })).toBeVisible();
  const gateway = page.getByRole("complementary", { name: "For developers, not shown to members" });
  await expect(gateway.getByText("transaction")).toBeVisible();

  await page.getByRole("button", { name: "Confirm another payment" }).click();
  await page.getByRole("button", { name: "Confirm with my password" }).click();
  await page.getByLabel("Password").fill("bruma-sample");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page.getByText("You confirmed it with your password.")).toBeVisible();
  await expect(gateway.getByText("camera_refused")).toBeVisible();
});

test("a developer looks at answers that did not happen, in both languages, and back at what did", async ({
  page,
}) => {
  await page.goto("/sample");
  const gateway = page.getByRole("complementary", { name: "For developers, not shown to members" });
  await gateway.getByRole("button", { name: /^Too dark/ }).click();
  await expect(page.getByText("It did not happen; nothing was sent.")).toBeVisible();
  await expect(page.getByText("Fique de frente para uma janela ou lâmpada.")).toBeVisible();
  await expectAccessible(page);
  await gateway.getByText(/^All other answers/).click();
  await gateway.getByRole("button", { name: /^Paused/ }).click();
  await expect(page.getByRole("heading", { name: "Your password" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back to what happened" }).click();
  await expect(page.getByRole("heading", { name: "Log in", exact: true })).toBeVisible();
});

test("another site cannot use the sample's server", async ({ request }) => {
  const data = { customId: "upload-journey-6", purpose: "login", deviceClass: "other" };
  const foreign = { headers: { "sec-fetch-site": "cross-site" }, data };
  expect((await request.post("/sample/api/logins", foreign)).status()).toBe(403);
  const form = { form: { customId: "upload-journey-6" } };
  expect((await request.post("/sample/api/logins", form)).status()).toBe(415);
});

test("somebody who never enrolled is sent to the password and told why", async ({ page }) => {
  await page.goto("/sample");
  await page.getByLabel("Member number").fill("upload-journey-nobody");
  await page.getByRole("button", { name: "Log in with your face" }).click();
  await expect(page.getByRole("heading", { name: "Your password" })).toBeVisible();
  await expect(page.getByText("not_enrolled")).toBeVisible();
});

test.describe("on a phone, in Portuguese and in the dark", () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: "pt-BR", colorScheme: "dark" });

  test("the sample fits without scrolling sideways", async ({ page }) => {
    await page.goto("/sample");
    await expect(page.getByRole("heading", { name: "Entrar" })).toBeVisible();
    await page.getByRole("button", { name: "Cadastrar o meu rosto" }).click();
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Concordar e abrir a câmera" }).click();
    await expect(page.getByText("A câmera não foi permitida")).toBeVisible();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await keepPicture(page, "sample-phone.pt-BR-dark");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
