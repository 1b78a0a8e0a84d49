import { useSyncExternalStore } from "react";

/** A language of the page. Chinese is the default: the page is for the bureau's staff. */
export type Language = "zh" | "en";

const key = "bureaugraph:language";
const asked = new URLSearchParams(location.search).get("lang");
let current: Language = (asked ?? localStorage.getItem(key)) === "en" ? "en" : "zh";
const listeners = new Set<() => void>();

/** The language now. */
export const language = (): Language => current;

/** Switches the page, at once and for the next visits. Monaco's own menus follow when the page is opened again. */
export function setLanguage(to: Language) {
  current = to;
  localStorage.setItem(key, to);
  document.documentElement.lang = to === "zh" ? "zh-CN" : "en";
  listeners.forEach((listener) => listener());
}

/** The language now, and again whenever it is switched. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    language,
  );
}

/** Chooses the text of the language now. */
export const say = (chinese: string, english: string): string => (current === "zh" ? chinese : english);

document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
