const WIDTHS = [62, 48, 70, 55];

/** Bars at the final row height while rows load; shown after 200 ms so that quick answers do not flash. */
export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="sk-late">
      <table className="tbl free" aria-hidden="true">
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
            <tr key={row}>
              <td>
                <span className="sk" style={{ width: `${WIDTHS[row % WIDTHS.length]}%` }} />
              </td>
              <td style={{ width: 70 }}>
                <span className="sk" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
