/** What commands that look into a store take. */
export const storeArgs = {
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

/** What cuts a list of entries down; all that are given must fit. */
export const filterArgs = {
  about: {
    type: 'positional',
    required: false,
    description: 'Part of a file name (default: all)',
  },
  plugin: { type: 'string', description: 'Only calls of this plugin' },
  tag: { type: 'string', description: 'Only entries with this tag' },
} as const
