import { describe, expect, test } from "vitest";
import { columnsIn, readPerson } from "./rules.ts";

const columns = { customId: 0, bioPassId: 1, modalities: 2, legalBasis: 3 };
const read = (...cells: string[]) => readPerson({ line: 2, cells }, columns);

describe("the heading", () => {
  test.each([
    [
      ["CustomID", "BioPassID", "Modalities", "Legal basis"],
      [0, 1, 2, 3],
    ],
    [
      ["Base legal", "Modalidades", "custom_id"],
      [2, -1, 1, 0],
    ],
    [
      ["id", "hipótese legal", "Biometria", "BioPass"],
      [0, 3, 2, 1],
    ],
  ])(
    "%j is understood in both languages, in any order",
    (heading, [customId, bioPassId, modalities, legalBasis]) => {
      expect(columnsIn(heading)).toEqual({
        ok: true,
        columns: { customId, bioPassId, modalities, legalBasis },
      });
    },
  );

  test("what is missing is named; the BioPassID may be", () => {
    expect(columnsIn(["CustomID", "name"])).toEqual({ ok: false, missing: ["modalities", "legalBasis"] });
  });
});

describe("a row", () => {
  test.each([
    ["face", true, []],
    ["Rosto; dedo 2; Dedo-7", true, [2, 7]],
    ["finger 10, finger_1", false, [1, 10]],
    ["7 2 7", false, [2, 7]],
  ])("holds the modalities %j", (cell, face, fingers) => {
    expect(read("p-1", "b-1", cell, "consent")).toMatchObject({ ok: true, face, fingers });
  });

  test.each([
    ["lgpd_11_i_consent", "lgpd_11_i_consent"],
    ["Consentimento", "lgpd_11_i_consent"],
    ["11, II, g", "lgpd_11_ii_g_fraud_prevention"],
    ["Prevenção à fraude", "lgpd_11_ii_g_fraud_prevention"],
    ["GDPR 9(2)(a)", "gdpr_9_2_a_consent"],
  ])("holds the legal basis %j", (cell, legalBasis) => {
    expect(read("p-1", "", "face", cell)).toMatchObject({ ok: true, bioPassId: null, legalBasis });
  });

  test("keeps a CustomID exactly as it stands", () => {
    expect(read(" 529.982.247-25 ", "b-1", "face", "11-I")).toMatchObject({ customId: " 529.982.247-25 " });
  });

  test.each([
    [["", "b", "face", "11-I"], "custom_id_missing"],
    [["x".repeat(129), "b", "face", "11-I"], "custom_id_unusable"],
    [["p", "two words", "face", "11-I"], "bio_pass_id_unusable"],
    [["p", "b", "", "11-I"], "modalities_missing"],
    [["p", "b", "iris", "11-I"], "modality_unknown"],
    [["p", "b", "finger 11", "11-I"], "modality_unknown"],
    [["p", "b", "face", ""], "legal_basis_missing"],
    [["p", "b", "face", "because"], "legal_basis_unknown"],
    [["p"], "modalities_missing"],
  ])("%j is left out: %s", (cells, trouble) => {
    expect(read(...cells)).toEqual({ ok: false, line: 2, trouble });
  });
});
