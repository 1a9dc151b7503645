import type { BarRow, BarSeries } from "./types.ts";

type BarsTableProps<Key extends string> = {
  series: BarSeries<Key>[];
  rows: BarRow<Key>[];
  rowHead: string;
  totalHead: string;
};

/** The bars as a table; rows in which nothing happened are left out. */
export function BarsTable<Key extends string>({ series, rows, rowHead, totalHead }: BarsTableProps<Key>) {
  const busy = rows.filter(({ cells }) => sumOf(Object.values<number>(cells)) > 0);
  return (
    <div className="scrollx">
      <table className="tbl free tight">
        <thead>
          <tr>
            <th scope="col">{rowHead}</th>
            {series.map(({ key, name }) => (
              <th scope="col" className="num" key={key}>
                {name}
              </th>
            ))}
            <th scope="col" className="num">
              {totalHead}
            </th>
          </tr>
        </thead>
        <tbody>
          {busy.map(({ key: row, name, cells }) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {series.map(({ key }) => (
                <td className="num" key={key}>
                  {cells[key]}
                </td>
              ))}
              <td className="num">{sumOf(Object.values<number>(cells))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sumOf = (counts: number[]): number => counts.reduce((sum, count) => sum + count, 0);
