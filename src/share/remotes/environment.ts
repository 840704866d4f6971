/** The variables of the process, or a part of them. */
export type RemoteEnvironment = Readonly<Record<string, string | undefined>>
