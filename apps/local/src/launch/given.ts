/** An empty variable counts as absent, as in libs/config: `X=` in a .env file means "the default". */
export const given = (text: string | undefined): string | undefined => text?.trim() || undefined;
