import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { ENGLISH_ROLLOUT } from "./compose-english-rollout.ts";
import type { Composers, RolloutActFacts } from "./types.ts";

/** Why the rule did it or does not go on. */
const BECAUSE: Partial<Record<VerdictReason, string>> = {
  security_event: "Uma falsa aceitação foi informada.",
  limit_broken: "Um limite foi ultrapassado: o de volta ao login antigo ou o de erros da API.",
  harm: "Logins com biometria terminam mal com mais frequência do que os do login antigo.",
  proven: "Está provado que todos os critérios são mantidos.",
  blind: "Não chegaram logins que pudessem ser contados: não se sabe como está indo.",
  split_off:
    "As pessoas não estão divididas entre os dois caminhos como planejado, e nada pode ser comparado.",
  double_exposure: "Pessoas demais foram vistas nos dois caminhos, e nada pode ser comparado.",
  legacy_unreported: "O fim de poucos logins antigos é informado, e nada pode ser comparado.",
  signal: "Um sinal acompanhado parece pior do que no login antigo.",
  slice: "Uma classe de aparelhos vai pior com biometria do que no login antigo.",
  limit_in_doubt: "As chamadas à API estão mais lentas do que o plano permite.",
  overdue:
    "A etapa chegou ao seu tempo máximo sem prova. Alguém precisa escolher: estender, ampliar ou voltar atrás.",
};

const percent = (value: number, number: (value: number) => string): string => `${number(value)}\u00a0%`;
const WHO = ({ by, because }: RolloutActFacts): string => {
  if (by !== null) return `Foi um membro; o id da conta é ${by}. O motivo está em Liberação.`;
  return `Foi a regra, por si só. ${(because && BECAUSE[because]) ?? "O parecer dela está em Liberação."}`;
};
const PAGE = "Em Liberação estão os números em que isso se apoia.";

/** What is said of rollouts. */
export const PORTUGUESE_ROLLOUT: Pick<Composers, keyof typeof ENGLISH_ROLLOUT> = {
  "rollout.ready": ({ build, exposurePercent, nextPercent }, { number }) => ({
    subject: `A liberação ${build} está pronta para a próxima etapa`,
    lines: [
      `Com ${percent(exposurePercent, number)}, está provado que todos os critérios são mantidos. Falta a decisão de alguém.`,
      ...(nextPercent === null ? [] : [`A próxima etapa seria ${percent(nextPercent, number)}.`]),
      PAGE,
    ],
  }),
  "rollout.held": ({ build, exposurePercent, reason }, { number }) => ({
    subject: `A liberação ${build} não segue`,
    lines: [
      `Ela fica em ${percent(exposurePercent, number)}. ${BECAUSE[reason] ?? ""}`.trimEnd(),
      "A biometria continua sendo oferecida às mesmas pessoas. Em Liberação está o que fazer.",
    ],
  }),
  "rollout.advanced": (facts, { number }) => ({
    subject: `A liberação ${facts.build} passou para ${percent(facts.toPercent, number)}`,
    lines: [`Antes, estava em ${percent(facts.fromPercent, number)}.`, WHO(facts)],
  }),
  "rollout.rolled_back": (facts, { number }) => ({
    subject: `A liberação ${facts.build} voltou atrás`,
    lines: [
      `A biometria era oferecida a ${percent(facts.fromPercent, number)} das pessoas e passa a ser a ${percent(facts.toPercent, number)}.`,
      WHO(facts),
      "Em Liberação estão os gateways que já obedecem.",
    ],
  }),
  "rollout.halted": (facts) => ({
    subject: "O login por biometria está parado",
    lines: [
      "Todas as pessoas usam o login antigo até que alguém encerre a parada.",
      WHO(facts),
      "Toda página do console diz quantos gateways obedecem.",
    ],
  }),
  "rollout.released": (facts, { number }) => ({
    subject: "A parada do login por biometria terminou",
    lines: [
      `A biometria volta a ser oferecida como antes, com ${percent(facts.toPercent, number)}.`,
      WHO(facts),
    ],
  }),
  "rollout.drift": ({ since, widens }, { time }) => ({
    subject: "A flag no Unleash não está como foi pedido",
    lines: [
      `Alguém a mudou por fora do Gatehouse; isso foi visto em ${time(since)}.`,
      widens
        ? "Ela ofereceria a biometria a mais pessoas. Isso não acontece: um gateway só oferece onde o Unleash e o Gatehouse concordam."
        : "A biometria é oferecida a menos pessoas do que foi pedido.",
      "Em Liberação estão os dois lados, para adotar ou reverter.",
    ],
  }),
};
