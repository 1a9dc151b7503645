/** The gate: an arch, and in it the post that a limit is drawn with everywhere. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 18.5V9.2a8 8 0 0 1 16 0v9.3h-3.4V9.6a4.6 4.6 0 0 0-9.2 0v8.9z" fill="currentColor" />
      <path d="M10 9v9.5M8 9h4" stroke="currentColor" strokeWidth="1.8" fill="none" />
    </svg>
  );
}
