import letters from "virtual:pinyin";

/**
 * The two halves of a bilingual description, "English, full stop. 中文，句号。" or, for enum
 * values, "English · 中文". A half that is missing is empty.
 */
export function halves(description: string | null | undefined): { chinese: string; english: string } {
  const text = (description ?? "").trim();
  const dot = text.lastIndexOf(" · ");
  if (dot >= 0) return { english: text.slice(0, dot), chinese: text.slice(dot + 3) };
  // The Chinese half begins after the full stop that ends the last English sentence; English
  // sentences may quote Chinese words.
  for (let at = text.indexOf(". "); at >= 0; at = text.indexOf(". ", at + 1)) {
    const rest = text.slice(at + 2);
    if (/^[^.]{0,12}\p{Script=Han}/u.test(rest) && !/[a-z]{2,} [a-z]{2,}/.test(rest)) return { english: text.slice(0, at + 1), chinese: rest };
  }
  return /^\p{Script=Han}/u.test(text) ? { english: "", chinese: text } : { english: text, chinese: "" };
}

/** The Chinese name of something described: the first clause of the Chinese half. */
export function chineseName(description: string | null | undefined): string {
  return halves(description).chinese.split(/[，。；：（(]/)[0].trim();
}

/** The name of something described, in English: the first clause of the English half. */
export function englishName(description: string | null | undefined): string {
  return halves(description).english.split(/[.;:,(]/)[0].trim();
}

let readings: Map<string, string> | undefined;

function lettersOf(character: string): string {
  if (!readings) {
    readings = new Map();
    for (const [letter, characters] of Object.entries(letters)) {
      for (const c of characters) readings.set(c, (readings.get(c) ?? "") + letter);
    }
  }
  return readings.get(character) ?? character.toLowerCase();
}

/** Where the initials begin in a Chinese text: "zt" is at 2 in 案件状态; -1 when nowhere. */
export function initialsAt(text: string, initials: string): number {
  const characters = [...text];
  for (let at = 0; at + initials.length <= characters.length; at++) {
    if ([...initials].every((letter, i) => lettersOf(characters[at + i]).includes(letter))) return at;
  }
  return -1;
}

/**
 * How well what was typed fits a name and its Chinese name: 0 is best, undefined is not at
 * all. The head of a Chinese name stands at its end (案件状态 is a 状态), so the end counts
 * as much as the beginning.
 */
export function fit(typed: string, name: string, chinese: string): number | undefined {
  if (typed === "") return 0;
  const lower = typed.toLowerCase();
  const own = name.toLowerCase();
  if (own === lower || chinese === typed) return 0;
  if (own.startsWith(lower)) return 1;
  const place = (at: number) => (at === 0 || at + typed.length === chinese.length ? 2 : 3);
  const at = chinese.indexOf(typed);
  if (at >= 0) return place(at);
  if (/^[a-z]+$/.test(lower)) {
    const initials = initialsAt(chinese, lower);
    if (initials >= 0 && lower.length >= 2) return lower.length === chinese.length ? 1 : place(initials);
  }
  if (lower.length >= 2 && own.includes(lower)) return 4;
  return undefined;
}
