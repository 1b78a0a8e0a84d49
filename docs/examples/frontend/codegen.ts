import type { CodegenConfig } from "@graphql-codegen/cli";

// Reads schema.graphql (npm run schema) and the operations in src, writes src/generated:
// typed documents, and the manifest that the gateway is given.
const config: CodegenConfig = {
  schema: "schema.graphql",
  emitLegacyCommonJSImports: false, // import paths as Node.js wants them
  documents: ["src/**/*.ts", "!src/generated/**"],
  generates: {
    "src/generated/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: "sha256" },
      },
      config: {
        documentMode: "string", // no GraphQL library in the browser
        enumsAsTypes: true, // enum values are plain strings, as they come over the wire
        useTypeImports: true,
        onlyOperationTypes: true, // the enums and inputs of the operations, not of the whole graph
        strictScalars: true, // a scalar that is not listed here fails
        scalars: {
          Date: "string", // 2023-03-15, Asia/Shanghai
          PartialDate: "string", // 2023, 2023-03 or 2023-03-15
          DateTime: "string", // RFC 3339 with +08:00
          Money: "string", // yuan as decimal text; never a float
          Decimal: "number", // a rate or an average; on the wire a JSON number
          PersonName: "string", // masked unless the role may see it
          ResidentNumber: "string",
          Phone: "string",
          Address: "string",
        },
      },
    },
  },
};

export default config;
