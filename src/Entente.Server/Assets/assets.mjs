// Copies what pages need from node_modules to wwwroot/lib, then packs wwwroot for embedding: text is compressed once,
// here, and never again when it is served.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [root, packed] = process.argv.slice(2);
const wwwroot = fileURLToPath(new URL("../wwwroot", import.meta.url));
const lib = {
  "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
  "tabler-icons.min.css": "@tabler/icons-webfont/dist/tabler-icons.min.css",
  "fonts/tabler-icons.woff2": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "htmx-sse.min.js": "htmx.org/dist/ext/hx-sse.min.js",
  "echarts.min.js": "echarts/dist/echarts.min.js",
};

rmSync(join(wwwroot, "lib"), { recursive: true, force: true });
for (const [name, source] of Object.entries(lib))
  cpSync(join(root, "node_modules", source), join(wwwroot, "lib", name), { recursive: true });

rmSync(packed, { recursive: true, force: true });
for (const entry of readdirSync(wwwroot, { recursive: true, withFileTypes: true }).filter(e => e.isFile())) {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const isText = /\.(css|js|svg|json|txt|html)$/.test(file);
  const target = join(packed, relative(wwwroot, file)) + (isText ? ".gz" : "");
  mkdirSync(dirname(target), { recursive: true });
  // Source maps are not shipped; a link to one would only make browsers ask for it.
  const bytes = isText ? Buffer.from(readFileSync(file, "utf8").replace(/\n?\/[/*]# sourceMappingURL=\S+( \*\/)?/, "")) : readFileSync(file);
  writeFileSync(target, isText ? gzipSync(bytes, { level: 9 }) : bytes);
}
