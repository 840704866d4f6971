/** Exports the front matter of an article as `meta`: lines of `key: value`, nothing nested. */
export function remarkMeta() {
  return (tree) => {
    const front = tree.children.find((node) => node.type === 'yaml')
    tree.children.unshift(exportMeta(parse(front?.value ?? '')))
  }
}

function parse(text) {
  const pairs = []
  for (const line of text.split('\n')) {
    const [, key, value] = /^(\w+):\s*(.*)$/.exec(line) ?? []
    if (key) pairs.push([key, /^\d+$/.test(value) ? Number(value) : value])
  }
  return pairs
}

function exportMeta(pairs) {
  const properties = pairs.map(([key, value]) => ({
    type: 'Property',
    kind: 'init',
    method: false,
    shorthand: false,
    computed: false,
    key: { type: 'Identifier', name: key },
    value: { type: 'Literal', value, raw: JSON.stringify(value) },
  }))
  const declaration = {
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [
      {
        type: 'VariableDeclarator',
        id: { type: 'Identifier', name: 'meta' },
        init: { type: 'ObjectExpression', properties },
      },
    ],
  }
  const statement = { type: 'ExportNamedDeclaration', declaration, specifiers: [], source: null }
  const estree = { type: 'Program', sourceType: 'module', body: [statement], comments: [] }
  return { type: 'mdxjsEsm', value: '', data: { estree } }
}
