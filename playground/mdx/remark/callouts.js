const marker = /^\[!(NOTE|TIP|WARNING)\]\s*/

/** Turns quotes that begin with `[!NOTE]`, `[!TIP]` or `[!WARNING]` into a component. */
export function remarkCallouts({ component = 'Callout' } = {}) {
  return (tree) => replace(tree, component)
}

function replace(parent, component) {
  parent.children?.forEach((node, index) => {
    replace(node, component)
    const kind = node.type === 'blockquote' && takeMarker(node)
    if (!kind) return
    parent.children[index] = {
      type: 'mdxJsxFlowElement',
      name: component,
      attributes: [{ type: 'mdxJsxAttribute', name: 'kind', value: kind }],
      children: node.children,
    }
  })
}

/** Removes the marker from the quote and tells which it was. */
function takeMarker(quote) {
  const text = quote.children[0]?.children?.[0]
  const found = text?.type === 'text' && marker.exec(text.value)
  if (!found) return undefined
  text.value = text.value.slice(found[0].length)
  return found[1].toLowerCase()
}
