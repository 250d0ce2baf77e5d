import { resolve } from "node:path";
import { defineConfig } from "vite";

const page = (name: string): string => resolve(import.meta.dirname, "src", name);

/** The pages. The loader is built by a second pass in build.mjs, because it must be one classic script. */
export default defineConfig({
  root: "src",
  base: "/",
  publicDir: false,
  build: {
    outDir: "../../bot/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        widget: page("widget.html"),
        desk: page("desk.html"),
        riverside: page("demo/riverside.html"),
        simulator: page("demo/simulator.html"),
      },
    },
  },
});
