import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { gzipped } from "./build/gzip.js";
import { pinyin } from "./build/pinyin.js";
import { chineseMonaco, translated } from "./build/translate.js";

// The page lies at / and everything it loads below /playground/assets: both are written
// relative, so that a proxy may put the gateway below any path.
export default defineConfig({
  base: "./",
  plugins: [translated(), chineseMonaco(), pinyin(), react(), gzipped()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    assetsDir: "playground/assets",
    assetsInlineLimit: 0, // data: addresses are not in the content security policy
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
    rollupOptions: {
      onwarn(warning, report) {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") report(warning); // "use no memo" speaks to React's compiler, which does not run here
      },
    },
  },
  test: { include: ["src/**/*.test.ts", "build/**/*.test.js"] },
});
