/** Compares every file below two folders; one line per file that is missing on a side or differs, none when equal. */
export function compareDirs(first: string, second: string): string[]

/** Names of all files below a folder, relative to it, with `/`, in code unit order. */
export function listFiles(dir: string): string[]
