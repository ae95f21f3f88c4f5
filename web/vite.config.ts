import { defineConfig } from "vitest/config";

// The page is served with a strict content security policy: no inline script, style or data: asset.
export default defineConfig({
  build: {
    outDir: "dist",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 900,
  },
  server: {
    // What the page shares with the server is read from there.
    fs: { allow: [".."] },
    proxy: { "/api": { target: "http://127.0.0.1:8000" } },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
