import type * as Monaco from "monaco-editor";
import { getNamedType, type GraphQLSchema } from "graphql";
import { getAutocompleteSuggestions, getTypeInfo, getTokenAtPosition, Position } from "graphql-language-service";
import { chineseName, fit, halves } from "./names";
import { language } from "./language";

const word = /[\p{Script=Han}\w]+$/u;

/**
 * Completion of queries by name, Chinese name and pinyin initials, in place of
 * monaco-graphql's, which knows names only. What is being typed is blanked before the
 * language service is asked, so that it offers all that is possible at the place, and we
 * choose.
 */
export function completion(monaco: typeof Monaco, schema: () => GraphQLSchema | null | undefined): Monaco.languages.CompletionItemProvider {
  return {
    triggerCharacters: [" ", ":", "$", "{", "("],
    provideCompletionItems(model, position) {
      const known = schema();
      if (!known) return { suggestions: [] };
      const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
      const typed = word.exec(before)?.[0] ?? "";
      const start = position.column - typed.length;
      const lines = model.getLinesContent();
      const line = lines[position.lineNumber - 1];
      lines[position.lineNumber - 1] = line.slice(0, start - 1) + " ".repeat(typed.length) + line.slice(position.column - 1);
      const text = lines.join("\n");
      const cursor = new Position(position.lineNumber - 1, start - 1);
      const offered = getAutocompleteSuggestions(known, text, cursor);
      const range = new monaco.Range(position.lineNumber, start, position.lineNumber, position.column);
      const parent = getTypeInfo(known, getTokenAtPosition(text, cursor).state).parentType;
      const suggestions = offered.flatMap((item): Monaco.languages.CompletionItem[] => {
        const description = describe(item.documentation ?? "", known, parent, item.label);
        const chinese = chineseName(description);
        const fits = fit(typed, item.label, chinese);
        if (fits === undefined) return [];
        const text = halves(description);
        return [{
          label: { label: item.label, description: chinese },
          kind: monaco.languages.CompletionItemKind.Field,
          detail: item.detail ?? (item.type ? String(item.type) : undefined),
          documentation: (language() === "zh" ? text.chinese || text.english : text.english || text.chinese) || undefined,
          insertText: item.rawInsert ?? item.insertText ?? item.label,
          filterText: typed || item.label, // already chosen; Monaco must not choose again
          sortText: `${fits}${String(chinese.length).padStart(3, "0")}${item.label}`,
          range,
        }];
      });
      return { suggestions, incomplete: true };
    },
  };
}

// describe finds what the schema says where the language service leaves it out.
function describe(given: string, schema: GraphQLSchema, parent: unknown, name: string): string {
  if (given) return given;
  if (parent && typeof parent === "object" && "getFields" in parent) {
    const fields = (parent as { getFields(): Record<string, { description?: string | null; type: Parameters<typeof getNamedType>[0] }> }).getFields();
    if (fields[name]) return fields[name].description ?? "";
  }
  return schema.getType(name)?.description ?? "";
}
