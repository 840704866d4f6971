export const articles = () => ({})
