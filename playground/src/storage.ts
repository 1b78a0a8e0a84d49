import { looksPersonal } from "./personal";

const kept = new Set(["graphiql:query", "graphiql:theme"]);

/**
 * What GraphiQL may remember on this machine: the text of the query and the theme.
 * Variables, headers, tabs and answers hold personal data and stay in memory; so does a
 * query with a number in it that looks like a person's.
 */
export const storage = {
  get length() {
    return [...kept].filter((key) => localStorage.getItem(key) !== null).length;
  },
  getItem: (key: string) => (kept.has(key) ? localStorage.getItem(key) : null),
  setItem(key: string, value: string) {
    if (!kept.has(key)) return;
    if (looksPersonal(value)) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  },
  removeItem: (key: string) => localStorage.removeItem(key),
  clear: () => kept.forEach((key) => localStorage.removeItem(key)),
};
