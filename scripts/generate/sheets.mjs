export const sheets = () => ({})
