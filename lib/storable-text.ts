/**
 * Whether PostgreSQL and UTF-8 can hold a text as it stands: no NUL and no half of a surrogate pair. Half a pair would be
 * replaced on its way, so that two CustomIDs could become one person.
 */
export const isStorableText = (text: string): boolean => !text.includes("\0") && !/\p{Cs}/u.test(text);
