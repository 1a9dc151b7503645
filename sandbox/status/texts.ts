export type PageLanguage = "en" | "pt-BR";

const en = {
  title: "Local Multibiometrics API",
  lead: "A stand-in for trying and testing. It compares real faces and fingers, keeps templates on this machine, and never a picture. Not for production.",
  since: "Running since",
  held: "What it holds",
  people: "People",
  withFace: "with a face",
  withFingers: "with fingers",
  fingers: "Fingers in all",
  heldNote: "Counts only: nobody is named here, and no picture was ever written.",
  faults: "Faults in force",
  noFaults: "None: every call is answered as well as it can be.",
  everyOther: "all others",
  forCalls: (times: number) => `for ${times} ${times === 1 ? "more call" : "more calls"}`,
  untilCleared: "until cleared",
  faultsHow: "Faults are set and cleared with the API key:",
  calls: "Calls since the start",
  call: "Call",
  worked: "Worked",
  refused: "Refused",
  failed: "Failed",
  settings: "Settings",
  setting: "Setting",
  value: "Value",
  changed: "changed",
  standard: "default",
  settingsHow:
    "Set with SANDBOX_SETTINGS when it starts; each is explained in sandbox/README.md and sandbox/settings.ts.",
};

export type PageTexts = typeof en;

const ptBR: PageTexts = {
  title: "API Multibiometrics local",
  lead: "Substituta para experimentar e testar. Compara rostos e dedos de verdade, guarda os modelos nesta máquina e nunca uma imagem. Não é para produção.",
  since: "No ar desde",
  held: "O que ela guarda",
  people: "Pessoas",
  withFace: "com rosto",
  withFingers: "com dedos",
  fingers: "Dedos ao todo",
  heldNote: "Só contagens: ninguém é nomeado aqui, e nenhuma imagem jamais foi gravada.",
  faults: "Falhas em vigor",
  noFaults: "Nenhuma: cada chamada é respondida da melhor forma possível.",
  everyOther: "todas as outras",
  forCalls: (times) => `por mais ${times} ${times === 1 ? "chamada" : "chamadas"}`,
  untilCleared: "até serem removidas",
  faultsHow: "As falhas são postas e removidas com a chave da API:",
  calls: "Chamadas desde o início",
  call: "Chamada",
  worked: "Deram certo",
  refused: "Recusadas",
  failed: "Falharam",
  settings: "Configurações",
  setting: "Configuração",
  value: "Valor",
  changed: "alterada",
  standard: "padrão",
  settingsHow:
    "Definidas com SANDBOX_SETTINGS ao iniciar; cada uma está explicada em sandbox/README.md e sandbox/settings.ts.",
};

export const PAGE_TEXTS: Record<PageLanguage, PageTexts> = { en, "pt-BR": ptBR };

/** Portuguese for whoever asks for it before English, English for everyone else. */
export function languageOf(acceptLanguage: string | undefined): PageLanguage {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((language) => language === "pt" || language === "en");
  return wanted === "pt" ? "pt-BR" : "en";
}
