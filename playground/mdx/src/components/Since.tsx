export function Since({ version }: { version: string }) {
  return <small className="since">since {version}</small>
}
