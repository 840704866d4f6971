import type { Section } from '../pages'

export const groups: readonly Section[] = []

export const lazyGroups: Readonly<Record<string, () => Promise<Section>>> = {}
