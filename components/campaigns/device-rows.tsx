import { CircleAlert, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { DEVICE_CLASSES, type DeviceClass } from "#lib/logins/schema.ts";
import { type DeviceRow, isBadDevice } from "./campaign-draft.ts";

const MOST_DEVICES = 10;

type DeviceRowsProps = {
  devices: readonly DeviceRow[];
  errors: string[] | undefined;
  change(devices: DeviceRow[]): void;
};

/** The rows of the matrix: what the company calls each device, and what it counts as at a login. */
export function DeviceRows({ devices, errors, change }: DeviceRowsProps) {
  const t = useTranslations("campaigns.form.devices");
  const id = useId();
  const set = (key: number, part: Partial<DeviceRow>) =>
    change(devices.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () =>
    change([
      ...devices,
      { key: 1 + Math.max(0, ...devices.map(({ key }) => key)), label: "", deviceClass: "phone_android" },
    ]);
  return (
    <div className="campaign-devices">
      {devices.map((row, place) => (
        <OneDevice
          key={row.key}
          row={row}
          number={place + 1}
          errorId={errors !== undefined && isBadDevice(devices, row) ? id : undefined}
          set={(part) => set(row.key, part)}
          remove={devices.length > 1 ? () => change(devices.filter(({ key }) => key !== row.key)) : null}
        />
      ))}
      {errors === undefined ? null : (
        <small id={id}>
          <Icon of={CircleAlert} size={14} /> {t("wrong")}
        </small>
      )}
      {devices.length < MOST_DEVICES ? (
        <span>
          <Button small icon={Plus} onClick={add}>
            {t("add")}
          </Button>
        </span>
      ) : null}
    </div>
  );
}

type OneDeviceProps = {
  row: DeviceRow;
  number: number;
  errorId: string | undefined;
  set(part: Partial<DeviceRow>): void;
  remove: (() => void) | null;
};

function OneDevice({ row, number, errorId, set, remove }: OneDeviceProps) {
  const t = useTranslations("campaigns.form.devices");
  const terms = useTranslations("terms.deviceClass");
  return (
    <div>
      <input
        className="in s"
        aria-label={t("label", { number })}
        aria-invalid={errorId === undefined ? undefined : true}
        aria-describedby={errorId}
        maxLength={40}
        value={row.label}
        onChange={(event) => set({ label: event.target.value })}
        autoComplete="off"
      />
      <select
        className="in s"
        aria-label={t("class", { number })}
        value={row.deviceClass}
        onChange={(event) => set({ deviceClass: event.target.value as DeviceClass })}
      >
        {DEVICE_CLASSES.map((one) => (
          <option key={one} value={one}>
            {terms(one)}
          </option>
        ))}
      </select>
      {remove === null ? (
        <span />
      ) : (
        <Button small look="quiet" aria-label={t("remove", { number })} onClick={remove}>
          <Icon of={X} size={14} />
        </Button>
      )}
    </div>
  );
}
