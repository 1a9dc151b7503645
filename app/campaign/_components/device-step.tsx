"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { fittingDevice } from "#components/testers/fitting-device.ts";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { CampaignDevice } from "#lib/campaigns/types.ts";
import { StepHead } from "./step-head.tsx";
import styles from "./tester.module.css";

type DeviceStepProps = { devices: readonly CampaignDevice[]; onDevice(deviceId: string): void };

/** Which of the campaign's devices this is; chosen beforehand where the browser fits only one. */
export function DeviceStep({ devices, onDevice }: DeviceStepProps) {
  const t = useTranslations("tester.device");
  const [chosen, setChosen] = useState(() =>
    fittingDevice(devices, { userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints }),
  );
  const [isAsked, setAsked] = useState(false);
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (chosen !== null) onDevice(chosen);
      }}
    >
      <StepHead title={t("title")} text={t("text")} />
      <fieldset className={styles.devices}>
        <legend>{t("which")}</legend>
        {devices.map(({ id, label }) => (
          <label key={id}>
            <input
              type="radio"
              name="device"
              value={id}
              checked={id === chosen}
              onChange={() => setChosen(id)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <div role="alert">{isAsked && chosen === null ? <Note tone="warn">{t("needed")}</Note> : null}</div>
      <div className={styles.ways}>
        <Button type="submit" look="primary" wide>
          {t("go")}
        </Button>
      </div>
    </form>
  );
}
