/** The contract takes no other account fields. The form says so beside the field before anything is sent. */

export const isUsername = (text: string) => /^[a-z0-9][a-z0-9._-]{2,31}$/.test(text.trim().toLowerCase());
export const isPassword = (text: string) => Array.from(text).length >= 10;
