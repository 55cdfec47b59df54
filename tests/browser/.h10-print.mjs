import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { launch, openPage, SIZES } from "./lib/browser.mjs";
const server = createServer((q, r) => {
  const m = /^\/static\/(.+)\.[0-9a-f]{8}\.(css|js|svg)$/.exec(q.url);
  if (m) { for (const d of ["assets", "scripts"]) { try { const b = readFileSync(`/work/main/crates/web/${d}/${m[1]}.${m[2]}`); r.writeHead(200, {"content-type": {css:"text/css",js:"text/javascript",svg:"image/svg+xml"}[m[2]]}).end(b); return; } catch {} } }
  try { r.writeHead(200, {"content-type":"text/html; charset=utf-8"}).end(readFileSync(`/tmp/h10-samples/${q.url.slice(1)}.html`)); } catch { r.writeHead(404).end(); }
});
await new Promise((ok) => server.listen(0, "127.0.0.1", ok));
const browser = await launch();
for (const name of process.argv.slice(2)) {
  const { page } = await openPage(browser, { size: SIZES[1] });
  await page.goto(`http://127.0.0.1:${server.address().port}/${name}`);
  await page.pdf({ path: `/tmp/h10-print/${name}.pdf`, format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
  await page.context().close();
}
await browser.close(); server.close(); server.closeAllConnections();
