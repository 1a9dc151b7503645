"use client";

import { Check, CircleAlert, Hourglass } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import styles from "./capture.module.css";
import { ChecksStrip } from "./checks-strip.tsx";
import type { CapturedImage, ExaminedPicture } from "./types.ts";

type PictureReviewProps = { picture: ExaminedPicture; sending: boolean };

/** The picture that is about to be sent, what could be better in it, and what is right. */
export function PictureReview({ picture, sending }: PictureReviewProps) {
  const t = useTranslations("capture");
  const { hints, checks, image } = picture;
  const [first] = hints;
  const said = sending
    ? { icon: Hourglass, text: t("sending") }
    : first === undefined
      ? { icon: Check, text: t(checks === null ? "review.unjudged" : "review.good") }
      : { icon: CircleAlert, text: t(`hint.${first}`) };
  return (
    <>
      <Shown image={image} className={styles.taken} />
      <div className={classNames("say", first === undefined && styles.good)} role="status">
        <Icon of={said.icon} size={20} />
        {said.text}
      </div>
      {checks === null ? null : (
        <ChecksStrip
          bright={hints.includes("too_bright")}
          checks={[
            ["face", checks.face],
            ["light", checks.light],
            ["distance", checks.distance],
            ["sharp", checks.sharp],
          ]}
        />
      )}
    </>
  );
}

/** Format and size of a picture, and that it was made smaller; the other hints where there are more than one. */
export function PictureFacts({ picture: { image, before, from, hints } }: { picture: ExaminedPicture }) {
  const t = useTranslations("capture");
  const format = useFormatter();
  const size = (bytes: number) => format.number(Math.max(1, Math.round(bytes / 1024)));
  const smaller = from === "file" && image.width < before.width;
  return (
    <div className="small m">
      {hints.slice(1).map((hint) => (
        <p key={hint}>{t(`hint.${hint}`)}.</p>
      ))}
      <p>
        {t("facts", {
          type: image.type === "image/png" ? "PNG" : "JPEG",
          width: String(image.width),
          height: String(image.height),
          size: size(image.blob.size),
          smaller: String(smaller),
          beforeWidth: String(before.width),
          beforeHeight: String(before.height),
        })}
      </p>
    </div>
  );
}

/** A picture of this page's memory; its address is given back when it is no longer shown. */
export function Shown({ image, className }: { image: CapturedImage; className?: string | undefined }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(image.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [image.blob]);
  if (address === null) return null;
  // biome-ignore lint/performance/noImgElement: a picture of this moment, known to no server that could resize it
  return <img className={className} src={address} alt="" width={image.width} height={image.height} />;
}
