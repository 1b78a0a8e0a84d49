import { pinyin as readings } from "pinyin-pro";

const id = "virtual:pinyin";

// pinyin gives the module virtual:pinyin: for each letter, the characters of GB 2312 of
// which a reading begins with it. A character with several readings stands under several
// letters. The page needs no dictionary then, only 20 kB of text.
export function pinyin() {
  return {
    name: "pinyin",
    resolveId: (source) => (source === id ? "\0" + id : null),
    load(source) {
      if (source !== "\0" + id) return null;
      return `export default ${JSON.stringify(initials())};`;
    },
  };
}

function initials() {
  const letters = {};
  const gb = new TextDecoder("gbk");
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = gb.decode(Uint8Array.of(row, cell));
      if (!/^\p{Script=Han}$/u.test(character)) continue;
      const found = readings(character, { pattern: "first", toneType: "none", type: "array", multiple: true });
      for (const letter of new Set(found)) if (/^[a-z]$/.test(letter)) letters[letter] = (letters[letter] ?? "") + character;
    }
  }
  const sorted = Object.fromEntries(Object.entries(letters).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (Object.values(sorted).join("").length < 6763) throw new Error("pinyin: fewer readings than GB 2312 has characters");
  return sorted;
}
