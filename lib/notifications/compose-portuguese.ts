import { isShorter } from "#lib/retention/rules.ts";
import { PORTUGUESE_HEALTH } from "./compose-portuguese-health.ts";
import { PORTUGUESE_REQUESTS } from "./compose-portuguese-requests.ts";
import { PORTUGUESE_ROLLOUT } from "./compose-portuguese-rollout.ts";
import type { Composers } from "./types.ts";

/** What each event is called and says in Brazilian Portuguese. */
export const PORTUGUESE: Composers = {
  ...PORTUGUESE_HEALTH,
  ...PORTUGUESE_REQUESTS,
  ...PORTUGUESE_ROLLOUT,
  "gateway.silent": ({ gateway, lastSeenAt }, { time }) => ({
    subject: `O gateway ${gateway} está em silêncio`,
    lines: [
      `O gateway ${gateway} não dá notícias desde ${time(lastSeenAt)}.`,
      "Ele pode estar parado ou sem acesso ao banco de dados. Veja o processo e o log dele.",
    ],
  }),
  "gateway.back": ({ gateway, since }, { time }) => ({
    subject: `O gateway ${gateway} voltou`,
    lines: [`O gateway ${gateway} voltou a dar notícias. O silêncio foi avisado em ${time(since)}.`],
  }),
  "policy.changed": ({ version }) => ({
    subject: `As regras mudaram: a política ${version} está em vigor`,
    lines: [
      `Alguém mudou as regras do gateway. A política ${version} está em vigor.`,
      "Em Configurações, Políticas, você vê o que mudou, quem mudou e por quê.",
    ],
  }),
  "application_key.created": ({ application, ending }) => ({
    subject: `${application} tem uma chave nova`,
    lines: [
      `Uma chave com final ${ending} foi criada para ${application}.`,
      "Se não foi ninguém que você conhece, revogue a chave em Configurações, Aplicações.",
    ],
  }),
  "application_key.ended": ({ application, ending }) => ({
    subject: `Uma chave de ${application} foi encerrada`,
    lines: [
      `A chave com final ${ending} não abre mais nada.`,
      `Se ${application} ainda usa essa chave, os logins seguem do jeito antigo até que tenha outra.`,
    ],
  }),
  "retention.shortened": ({ before, after, from }, { number, time }) => ({
    subject: "Os dados serão guardados por menos tempo",
    lines: [
      `Alguém encurtou a retenção. O que passar do novo prazo será eliminado a partir de ${time(from)}, e isso não pode ser desfeito.`,
      `Logins e verificações: ${number(before.historyDays)} → ${number(after.historyDays)} dias.`,
      `Contagens: ${number(before.rollupDays)} → ${number(after.rollupDays)} dias.`,
      `Notificações: ${number(before.deliveryDays)} → ${number(after.deliveryDays)} dias.`,
      ...(isShorter(after.inactivePersonDays, before.inactivePersonDays)
        ? [
            `Pessoas inativas por mais de ${number(after.inactivePersonDays ?? 0)} dias entram numa lista de eliminação, que alguém aprova.`,
          ]
        : []),
      "Se o prazo antigo voltar antes disso em Configurações, Retenção, nada será eliminado.",
    ],
  }),
  "sign_in.refused_repeatedly": ({ memberId, refusals, minutes }, { number }) => ({
    subject: "Entradas em uma conta são recusadas repetidamente",
    lines: [
      `Em ${number(minutes)} minutos, ${number(refusals)} entradas em uma conta do console foram recusadas.`,
      `O id da conta é ${memberId}; o registro de auditoria tem cada tentativa.`,
    ],
  }),
  "audit.checkpoint_signed": ({ treeSize, note }, { number }) => ({
    subject: `O registro de auditoria foi assinado com ${number(treeSize)} entradas`,
    lines: ["Guarde esta nota fora do Gatehouse. Ela prova o que o registro era neste momento.", note],
  }),
  "audit.seal_late": ({ waiting, since }, { number, time }) => ({
    subject: "Entradas do registro de auditoria esperam pelo seu lugar",
    lines: [
      `${number(waiting)} entradas estão no registro de auditoria e ainda não na árvore, a primeira desde ${time(since)}.`,
      "O worker faz isso em um segundo. Veja o processo e o log dele.",
    ],
  }),
  "audit.sealed_again": ({ since }, { time }) => ({
    subject: "Toda entrada do registro de auditoria tem seu lugar de novo",
    lines: [`O problema percebido em ${time(since)} passou.`],
  }),
  "audit.history_changed": ({ keptSize, treeSize }, { number }) => ({
    subject: "O registro de auditoria foi alterado por fora do Gatehouse",
    lines: [
      `Um ponto de verificação guardado fora do banco de dados cobre ${number(keptSize)} entradas. O registro tem ${number(treeSize)} e já não começa com elas.`,
      "Ou alguém alterou o banco de dados, ou uma cópia antiga dele foi restaurada. Nada é assinado até que isso esteja claro.",
      "Verifique o registro na página Auditoria e compare com os pontos de verificação que você guarda em outro lugar.",
    ],
  }),
  "audit.verification_failed": ({ treeSize, codes }, { number }) => ({
    subject: "A verificação do registro de auditoria encontrou algo errado",
    lines: [
      `De ${number(treeSize)} entradas, nem tudo está como foi assinado: ${codes.join(", ")}.`,
      "A página Auditoria indica a primeira entrada ruim.",
    ],
  }),
  "administrator.added": ({ memberId }) => ({
    subject: "Uma conta recebeu a função de administração",
    lines: [
      "Alguém foi convidado ou promovido à administração do console.",
      `O id da conta é ${memberId}; o registro de auditoria diz quem fez isso. Se não foi ninguém que você conhece, desative a conta em Configurações, Membros.`,
    ],
  }),
  "legacy_login.failing": ({ failures, status }, { number }) => ({
    subject: "O login antigo não funciona",
    lines: [
      `${number(failures)} testes seguidos do login antigo falharam${status === null ? "." : `; o último recebeu a resposta ${status}.`}`,
      "Quem é enviado para ele pode ficar sem acesso, e uma parada da biometria enviaria todos. Liberação, Login antigo, mostra cada teste.",
    ],
  }),
  "legacy_login.works_again": ({ since }, { time }) => ({
    subject: "O login antigo voltou a funcionar",
    lines: [`O problema percebido em ${time(since)} passou: um teste do login antigo deu certo.`],
  }),
  test: ({ target }) => ({
    subject: "Um teste do Gatehouse",
    lines: [`Este é um teste do destino de notificações “${target}”. Ele chegou; nada aconteceu.`],
  }),
};
