import { randomBytes, randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { isBase64 } from "./base64.ts";

const BY_SIGN = /^[A-Za-z0-9+/]+={0,2}$/;
const bySign = (text: string) => text.length % 4 === 0 && BY_SIGN.test(text);

test.each(["", "=", "====", "A===", "AA==", "AB==", "AAA=", "AA=A", "=AAA", "AAAA", "AAAA====", "AA==AAAA"])(
  "%j is taken for what it is",
  (text) => expect(isBase64(text)).toBe(bySign(text)),
);

test.each(["-", "_", " ", "\n", "\t", "\0", ",", "%", '"', "\\", "é", "ÿ", "Ł", "ŁA", "😀", "\ud83d", "="])(
  "%j spoils it wherever it stands, also where the length fits",
  (sign) => {
    const good = randomBytes(300).toString("base64");
    for (let place = 0; place < good.length; place += 1) {
      const bad = `${good.slice(0, place)}${sign}${good.slice(place + sign.length)}`;
      expect([place, isBase64(bad)]).toEqual([place, bySign(bad)]);
    }
  },
);

test("whatever bytes made it and wherever it was cut, it is taken as sign by sign", () => {
  for (let turn = 0; turn < 500; turn += 1) {
    const text = randomBytes(randomInt(120)).toString("base64").slice(randomInt(3));
    expect([text, isBase64(text)]).toEqual([text, bySign(text)]);
  }
});
