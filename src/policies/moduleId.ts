/** A module id up to its query: `/app/Foo.vue` of `/app/Foo.vue?vue&type=style`. */
export function withoutQuery(id: string): string {
  return id.replace(/[?#].*$/s, '')
}
