import type { Group } from './types'

export type { Group } from './types'

export const groups: readonly Group[] = []

export const lazyGroups: Readonly<Record<string, () => Promise<Group>>> = {}
