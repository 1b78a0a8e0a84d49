declare module "virtual:pinyin" {
  /** For each letter, the characters of which a reading begins with it. */
  const letters: Record<string, string>;
  export default letters;
}
declare module "virtual:monaco-chinese" {
  /** Monaco's Chinese messages by their English. */
  const messages: Record<string, string>;
  export default messages;
}
/** GraphiQL's texts call this; see build/dictionary.js. */
declare var bureaugraphSay: (english: string, chinese: string) => string;
/** Monaco's messages are looked up here; undefined leaves them in English. */
declare var bureaugraphMonaco: Record<string, string> | undefined;
/** Where Monaco asks for its workers. */
declare var MonacoEnvironment: { getWorker(id: string, label: string): Worker };
