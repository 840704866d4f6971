export const library = () => ({})
