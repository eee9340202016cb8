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

/** A screen's file is called after its folder, and not `page` like all the others. */
const screen = (module: string | null) => module?.match(/(\w+)\/page\.tsx$/)?.[1] ?? "[name]";

export default defineConfig(({ mode }) =>
  mode === "desk"
    ? {
        root: "desk",
        base: "/staff/",
        publicDir: false,
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        build: {
          outDir: "../dist/staff",
          emptyOutDir: true,
          // The CSP allows no data: addresses, so nothing may be inlined.
          assetsInlineLimit: 0,
          target: "es2022",
          // Screens are fetched by the browser's own import(); no script of the build adds links to the page.
          modulePreload: false,
          rolldownOptions: { output: { chunkFileNames: ({ facadeModuleId }) => `assets/${screen(facadeModuleId)}-[hash].js` } },
        },
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
