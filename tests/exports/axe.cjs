// Pages in a browser, at the width of a screen and of a phone, under axe-core; prints what it objects to as JSON.
// node axe.cjs BROWSER PAGE…, with axe-core and puppeteer-core where NODE_PATH finds them.
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");
const [browserPath, ...pages] = process.argv.slice(2);

(async () => {
  const browser = await puppeteer.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const found = [];
  let passed = [];
  for (const path of pages) {
    for (const width of [1200, 400]) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 900 });
      await page.goto(pathToFileURL(path).href);
      await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
      const result = await page.evaluate("axe.run()");
      found.push(...result.violations.map(({ id, help, nodes }) => ({ path, width, id, help, html: nodes[0].html })));
      passed = result.passes.map(({ id }) => id);
    }
  }
  await browser.close();
  console.log(JSON.stringify({ found, passed }));
})();
