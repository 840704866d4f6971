export const groups = []

export const lazyGroups = {}
