import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

// Two builds from one file: the public pages' assets, which the server's templates name and which therefore keep
// stable names, and the desk, an application with its own HTML file and hashed names.

/** The icon is not imported by any script, so it is handed to the build by hand. */
const icon: Plugin = {
  name: "icon",
  generateBundle() {
    const source = readFileSync(new URL("public/icon.svg", import.meta.url));
    this.emitFile({ type: "asset", fileName: "icon.svg", source });
  },
};

export default defineConfig(({ mode }) =>
  mode === "desk"
    ? {
        root: "desk",
        base: "/staff/",
        publicDir: false,
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        // The CSP allows no data: addresses, so nothing may be inlined.
        build: { outDir: "../dist/staff", emptyOutDir: true, assetsInlineLimit: 0, target: "es2022" },
      }
    : {
        publicDir: false,
        plugins: [icon],
        build: {
          outDir: "dist/assets",
          emptyOutDir: true,
          assetsInlineLimit: 0,
          target: "es2022",
          modulePreload: false,
          rolldownOptions: {
            input: { public: "public/public.ts", boot: "public/boot.ts" },
            output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]" },
          },
        },
      },
);
