import { classNames } from "#components/ui/class-names.ts";
import styles from "./capture.module.css";

/** The oval a face belongs into, with everything around it darkened. */
export function FrameOval({ ready }: { ready: boolean }) {
  return (
    <svg
      className={styles.oval}
      viewBox="0 0 360 450"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <mask id="capture-oval">
        <rect width="360" height="450" fill="#fff" />
        <ellipse cx="180" cy="228" rx="108" ry="142" fill="#000" />
      </mask>
      <rect width="360" height="450" fill="#0b0e12" opacity="0.6" mask="url(#capture-oval)" />
      <ellipse
        cx="180"
        cy="228"
        rx="108"
        ry="142"
        className={classNames(styles.outline, ready && styles.ready)}
      />
    </svg>
  );
}
