import Fastify from "fastify";
import { expect, test } from "vitest";
import { answerProblems } from "./answer-problems.ts";
import { authorize, demandPermissions } from "./authorize.ts";

function gateway() {
  const app = Fastify({ exposeHeadRoutes: false });
  demandPermissions(app);
  answerProblems(app, { error: () => {} });
  return app;
}

test("a gateway with a route that names no permission does not start", async () => {
  const app = gateway();
  expect(() => app.post("/v1/people", async () => "everybody")).toThrow(
    /POST \/v1\/people names no permission/,
  );
  const behind = gateway();
  behind.register(async (v1) => {
    authorize(v1);
    v1.get("/v1/people", async () => "everybody");
  });
  await expect(behind.ready()).rejects.toThrow(/GET \/v1\/people names no permission/);
});

test("what a gateway says of itself needs none", async () => {
  const app = gateway();
  for (const path of ["/health", "/openapi.json", "/docs/static/*"]) app.get(path, async () => "well");
  expect((await app.inject("/health")).statusCode).toBe(200);
});

test("an application is refused what the policy does not give to applications, and nothing is done", async () => {
  const app = gateway();
  let done = 0;
  app.register(async (v1) => {
    authorize(v1);
    const act = async () => ({ done: ++done });
    v1.post("/v1/people", { config: { permission: "person.delete" } }, act);
    v1.post("/v1/logins", { config: { permission: "login.open" } }, act);
  });
  const refused = await app.inject({ method: "POST", url: "/v1/people" });
  expect([refused.statusCode, refused.json()]).toMatchObject([403, { code: "not_permitted" }]);
  expect(done).toBe(0);
  expect((await app.inject({ method: "POST", url: "/v1/logins" })).json()).toEqual({ done: 1 });
});
