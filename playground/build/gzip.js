import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

// gzipped leaves only the compressed form of each built file: that is what the gateway
// embeds and sends. Fonts and the like are compressed too, so that there is one rule. A
// build that failed writes nothing, and nothing is touched.
export function gzipped() {
  let out = "dist";
  return {
    name: "gzipped",
    apply: "build",
    configResolved(config) {
      out = config.build.outDir;
    },
    writeBundle() {
      for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath ?? entry.path, entry.name);
        writeFileSync(file + ".gz", gzipSync(readFileSync(file), { level: 9 }));
        rmSync(file);
      }
    },
  };
}
