// Every page: nothing serious for axe, nothing from elsewhere, no sideways scrolling at 320 px, light, and whole without scripts.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliDecompressSync } from 'node:zlib';
import http from 'node:http';
import { open, visitor, address, addresses } from './visitor.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.TOGUNA_PICTURES ?? 'pictures';
const BYTES_MAX = 14 * 1024;

let browser;
let paths;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await open();
  const { page, context } = await visitor(browser);
  paths = await addresses(page);
  await context.close();
});
after(() => browser?.close());

// The bytes that travel for an address, compressed as a browser asks.
function travelled(path) {
  return new Promise((resolve, reject) => {
    http.get(address + path, { headers: { 'accept-encoding': 'br', 'accept-language': 'fr' } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ bytes: Buffer.concat(parts), headers: answer.headers }));
    }).on('error', reject);
  });
}

test('lists led to a page of each kind', () => {
  for (const kind of ['/instances/', '/lieux/', '/organisations/', '/recommandations/', '/indicateurs/', '/registre/']) {
    assert.ok(paths.some((path) => path.includes(kind)), `${kind} : aucune page trouvée par sa liste`);
  }
});

test('axe finds nothing serious on any page, light and dark, small and large', async () => {
  const serious = [];
  for (const [width, scheme] of [[320, 'light'], [1280, 'dark']]) {
    const { page, context, elsewhere } = await visitor(browser, { width, scheme });
    for (const path of paths) {
      await page.goto(address + path);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const violation of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')) {
        serious.push(`${path} (${width} px, ${scheme}) ${violation.id} : ${violation.nodes[0].html.slice(0, 160)}`);
      }
    }
    assert.deepEqual(elsewhere, [], 'rien ne vient d’ailleurs');
    await context.close();
  }
  assert.deepEqual(serious, []);
});

test('no page scrolls sideways on a screen of 320 px', async () => {
  const wide = [];
  const { page, context } = await visitor(browser, { width: 320 });
  for (const path of paths) {
    await page.goto(address + path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wide.push(`${path} : ${over} px de trop`);
    await page.screenshot({ path: `${pictures}/320${path.replace(/[/?=]/g, '_')}.png`, fullPage: true });
  }
  await context.close();
  assert.deepEqual(wide, []);
});

test('every page is whole without scripts, in French, with one title and one heading', async () => {
  const { page, context, errors } = await visitor(browser, { width: 1280, script: false });
  for (const path of paths) {
    await page.goto(address + path);
    assert.equal(await page.locator('h1').count(), 1, `${path} : un titre`);
    assert.equal(await page.getAttribute('html', 'lang'), path.startsWith('/en') ? 'en' : 'fr', path);
    assert.equal(await page.locator('script').count(), 0, path);
    await page.screenshot({ path: `${pictures}/1280${path.replace(/[/?=]/g, '_')}.png`, fullPage: true });
  }
  await context.close();
  assert.deepEqual(errors.filter((error) => !error.includes('404')), []);
});

test('a first view weighs at most 14 KB with its style', async () => {
  const style = await travelled('/style.css');
  const heavy = [];
  for (const path of paths) {
    const { bytes, headers } = await travelled(path);
    assert.equal(headers['content-encoding'], 'br', path);
    assert.ok(brotliDecompressSync(bytes).length > 500, path);
    const weight = bytes.length + style.bytes.length;
    if (weight > BYTES_MAX) heavy.push(`${path} : ${weight} octets`);
  }
  assert.deepEqual(heavy, []);
});

test('every page says the rules that keep visitors safe', async () => {
  for (const path of paths) {
    const { headers } = await travelled(path);
    assert.match(headers['content-security-policy'], /default-src 'none'/, path);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe|script-src/, path);
    assert.equal(headers['referrer-policy'], 'no-referrer', path);
    assert.equal(headers['set-cookie'], undefined, path);
  }
});

test('an address that cannot be answered has the layout of the house, and fits a small screen', async () => {
  const { page, context } = await visitor(browser, { width: 320, script: false });
  for (const [path, status, heading] of [
    ['/nulle-part', 404, 'Page introuvable'], [`/recherche?q=${'x'.repeat(5000)}`, 414, 'Cette adresse est trop longue'],
    ['/lieux?au=demain', 422, 'Cette date ne convient pas'],
  ]) {
    const answer = await page.goto(address + path);
    assert.equal(answer.status(), status, path.slice(0, 40));
    assert.equal(await page.locator('h1').innerText(), heading);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${status} : ${over} px de trop`);
    await page.screenshot({ path: `${pictures}/320_${status}.png`, fullPage: true });
  }
  await context.close();
});

test('a page that is held already is not sent again', async () => {
  for (const path of ['/', '/instances', '/recommandations/exercice-03', '/style.css']) {
    const first = await travelled(path);
    assert.ok(first.headers.etag, path);
    const again = await fetch(address + path, { headers: { 'if-none-match': first.headers.etag, 'accept-language': 'fr' } });
    assert.equal(again.status, 304, path);
    assert.equal((await again.arrayBuffer()).byteLength, 0, path);
  }
});

test('English is an address away, and the header chooses otherwise', async () => {
  const { page, context } = await visitor(browser, { width: 1280, lang: 'en-GB' });
  await page.goto(`${address}/`);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.goto(`${address}/fr`);
  assert.equal(await page.getAttribute('html', 'lang'), 'fr');
  await context.close();
});

test('the keyboard reaches the content first', async () => {
  const { page, context } = await visitor(browser, { width: 1280 });
  await page.goto(`${address}/`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#contenu');
  await context.close();
});
