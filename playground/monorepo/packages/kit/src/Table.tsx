import { groupBy } from '@house/utils'

export interface Row {
  readonly name: string
  readonly group: string
}

export function Table({ rows }: { rows: readonly Row[] }) {
  const groups = [...groupBy(rows, ({ group }) => group)]
  return (
    <table className="table">
      {groups.map(([group, members]) => (
        <tbody key={group}>
          <tr>
            <th>{group}</th>
          </tr>
          {members.map(({ name }) => (
            <tr key={name}>
              <td>{name}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}
