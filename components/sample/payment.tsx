"use client";

import { useFormatter, useTranslations } from "next-intl";
import styles from "./sample.module.css";

/** Brazilian reais; nothing is paid. */
const SAMPLE_AMOUNT = 120;

/** The made-up payment that is confirmed: how much, to whom. */
export function Payment() {
  const t = useTranslations("sample.pay");
  const format = useFormatter();
  return (
    <dl className={`dl ${styles.payment}`}>
      <dt>{t("amount")}</dt>
      <dd>{format.number(SAMPLE_AMOUNT, { style: "currency", currency: "BRL" })}</dd>
      <dt>{t("to")}</dt>
      <dd>{t("payee")}</dd>
    </dl>
  );
}
