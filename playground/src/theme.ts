const tokens = (field: string, word: string, text: string, number: string, comment: string) => [
  { token: "key.identifier.gql", foreground: field },
  { token: "keyword.gql", foreground: word },
  { token: "argument.identifier.gql", foreground: word },
  { token: "type.identifier.gql", foreground: number },
  { token: "string", foreground: text },
  { token: "string.key.json", foreground: field },
  { token: "string.value.json", foreground: text },
  { token: "number", foreground: number },
  { token: "comment", foreground: comment },
];

/** The editors' colours, in place of GraphiQL's magenta, by the names GraphiQL uses. */
export const themes = {
  "graphiql-LIGHT": {
    base: "vs",
    inherit: true,
    rules: tokens("1f4e79", "7a3e8e", "2d6a3f", "9a4b00", "66707c"),
    colors: {
      "editor.background": "#ffffff",
      "editor.foreground": "#1d2430",
      "editorLineNumber.foreground": "#737d89",
      "editorSuggestWidget.background": "#ffffff",
      "editorSuggestWidget.border": "#cfd6de",
      "editorSuggestWidget.selectedBackground": "#e3edf7",
      "editorSuggestWidget.selectedForeground": "#1d2430",
      "list.highlightForeground": "#1f4e79",
      focusBorder: "#2f6fab",
    },
  },
  "graphiql-DARK": {
    base: "vs-dark",
    inherit: true,
    rules: tokens("8fbfec", "cfa4e0", "93c9a1", "e3b07a", "97a1ae"),
    colors: {
      "editor.background": "#161b22",
      "editor.foreground": "#e6e9ee",
      "editorLineNumber.foreground": "#8691a0",
      "editorSuggestWidget.background": "#1d232c",
      "editorSuggestWidget.border": "#39424e",
      "editorSuggestWidget.selectedBackground": "#26364a",
      "editorSuggestWidget.selectedForeground": "#e6e9ee",
      "list.highlightForeground": "#8fbfec",
      focusBorder: "#5c9bd6",
    },
  },
};
