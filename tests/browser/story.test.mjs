// A year of work in one sitting, without scripts: Awa invited, her recommendation drafted, adopted and delivered, the mayor's
// answer by the signed link, Kadi's reading; then the same first views over a slow network, and the keyboard alone.
// Everything here is of the exercise: the commune, its people and what they say are fictional.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, visitor, address, invitations } from './visitor.mjs';

const pictures = process.env.TOGUNA_PICTURES ?? 'pictures';
const TITLE = 'Ouvrir un guichet de plainte à la mairie de Dougouba';
const NAME = 'Awa Keïta';
const PASSWORD = 'mil karité pirogue tambour';
const LETTER = Buffer.from('%PDF-1.7 bordereau fictif de remise');

// A network of the second generation: 300 ms for a word and its answer, 50 kbit/s each way.
const SLOW = { offline: false, latency: 300, downloadThroughput: 50_000 / 8, uploadThroughput: 50_000 / 8 };
// A first view on that network: far over what it takes, so that a busy machine does not fail the test.
const PATIENCE_MS = 10_000;

let browser;
let awa;
// What one test hands to the next.
const kept = { codes: [], recommendation: null, link: null };

before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await open();
  awa = await visitor(browser, { width: 320, script: false });
  awa.page.setDefaultTimeout(10_000);
});
after(() => browser?.close());

// The six digits that a phone shows for this key at this moment (RFC 6238, SHA-1, steps of thirty seconds).
function digits(key, at = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replaceAll(' ', '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', bytes).update(step).digest();
  const from = mac[19] & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// Today as Malian forms take it.
function today() {
  return new Date().toLocaleDateString('fr-FR', { timeZone: 'Africa/Bamako' });
}

const words = (page, where = 'main') => page.locator(where).innerText();

async function says(page, ...parts) {
  const text = (await words(page)).replace(/\s+/g, ' ');
  for (const part of parts) assert.ok(text.includes(part), `« ${part} » manque dans ${page.url()} : ${text.slice(0, 3000)}`);
}

async function picture(page, name) {
  await page.screenshot({ path: `${pictures}/recit_${name}.png`, fullPage: true });
}

// What has the focus, and whether the eye can see that it has.
function focused(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    return {
      tag: at.tagName.toLowerCase(), name: at.getAttribute('name'), href: at.getAttribute('href'), words: at.textContent.trim(),
      seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && at.getBoundingClientRect().width > 1,
    };
  });
}

// Tab until this is reached; every stop on the way shows that it has the focus.
async function tabTo(page, wanted, most = 60) {
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    assert.ok(at.seen, `le repère de clavier ne se voit pas sur ${JSON.stringify(at)} (${page.url()})`);
    if (wanted(at)) return at;
  }
  throw new Error(`jamais atteint en ${most} pas : ${wanted} (${page.url()})`);
}

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

test('Awa opens her invitation and chooses a password with Tab and Enter alone', async () => {
  const { page } = awa;
  await page.goto(invitations()['Secrétariat du comité']);
  await says(page, 'Étape 1 sur 3');
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).href, '#contenu', 'le lien vers le contenu vient en premier');
  assert.ok((await focused(page)).seen, 'et il se voit');
  await page.keyboard.press('Enter');
  await tabTo(page, (at) => at.name === 'nom', 4);
  await page.keyboard.type(NAME);
  await tabTo(page, (at) => at.name === 'nouveau', 1);
  await page.keyboard.type(PASSWORD);
  await tabTo(page, (at) => at.name === 'encore', 1);
  await page.keyboard.type('autre chose');
  await enter(page);
  assert.match(await page.title(), /invit/i);
  assert.equal(await page.inputValue('#nom'), NAME, 'ce qui était écrit reste écrit');
  assert.equal(await page.locator('[role=alert] a').count(), 1, 'une seule chose à reprendre');
  await picture(page, '1_mot_de_passe_refuse');
  await page.fill('#nouveau', PASSWORD);
  await page.focus('#encore');
  await page.keyboard.type(PASSWORD);
  await tabTo(page, (at) => at.tag === 'button', 1);
  await enter(page);
  await says(page, 'Étape 2 sur 3');
});

test('Awa registers her phone and keeps her recovery codes', async () => {
  const { page } = awa;
  await picture(page, '2_telephone');
  assert.equal(await page.locator('svg.qr').count(), 1);
  await page.fill('#code', digits(await page.locator('main code').first().innerText()));
  await page.press('#code', 'Enter');
  await page.waitForLoadState();
  kept.codes = await page.locator('main ol li code').allInnerTexts();
  assert.equal(kept.codes.length, 10);
  await picture(page, '3_codes');
  await page.getByRole('link', { name: 'C’est fait, ouvrir mon bureau' }).click();
  await says(page, 'Comité consultatif de sécurité de la commune de Dougouba (exercice)');
  await picture(page, '4_bureau');
});

test('Awa drafts, sees the quality grow, and adopts', async () => {
  const { page } = awa;
  await page.getByRole('link', { name: 'Nouvelle recommandation' }).click();
  await page.selectOption('#pour', { index: 1 });
  await page.fill('#titre', TITLE);
  await page.press('#titre', 'Enter');
  await page.waitForURL(/brouillons/);
  assert.equal(await page.inputValue('#titre'), TITLE);
  assert.equal(await page.locator('[name=p2-texte]').count(), 0, 'la touche Entrée enregistre, et n’ajoute rien');
  await says(page, 'Qualité : 0 sur 6', 'il manque');
  await page.fill('#adopte-le', today());
  await page.getByRole('button', { name: 'Adopter' }).click();
  await page.waitForSelector('[role=alert]');
  await picture(page, '5_brouillon_refuse');
  await page.fill('#motifs', 'Les habitants ne savent pas où porter plainte.');
  await page.fill('#p1-texte', 'Ouvrir un guichet deux jours par semaine.');
  await page.fill('#p1-indicateur', 'Le guichet est ouvert lors de quatre visites');
  await page.fill('#p1-echeance', '31/03/2030');
  await page.fill('#d1-qui', 'Maire de Dougouba');
  await page.fill('#d1-competence', 'Le maire organise les services communaux.');
  await page.selectOption('#priorite', '3');
  await page.fill('#moyens', 'Un agent déjà en poste.');
  await page.fill('#preuve-texte', 'Vingt témoignages recueillis par le comité.');
  await page.check('#une-action');
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
  await says(page, 'Qualité : 6 sur 6', 'Maire de Dougouba (exercice)');
  await picture(page, '6_brouillon');
  await page.fill('#adopte-le', today());
  await page.getByRole('button', { name: 'Adopter' }).click();
  await page.waitForURL(/\/recommandations\/[a-z0-9-]+$/);
  await says(page, TITLE, 'aucun délai ne court');
  kept.recommendation = new URL(page.url()).pathname;
});

test('Awa hands it to the mayor against a receipt, and prints his link', async () => {
  const { page } = awa;
  await page.goto(`${address}${kept.recommendation}/transmettre`);
  await says(page, 'Remise aujourd’hui, la réponse serait attendue au plus tard le');
  await page.fill('#remis-le', today());
  await page.selectOption('#preuve', 'receipt');
  await page.setInputFiles('#fichier', { name: 'bordereau.pdf', mimeType: 'application/pdf', buffer: LETTER });
  await picture(page, '7_remise');
  await page.getByRole('button', { name: 'Enregistrer la remise' }).click();
  await page.waitForURL(address + kept.recommendation);
  await says(page, 'Remise le', 'accusé de réception', 'en attente');
  await picture(page, '8_remise_faite');
  await page.getByRole('link', { name: 'Lien de réponse sans compte' }).first().click();
  kept.link = new URL(await page.locator('main code').first().innerText()).pathname;
  await picture(page, '9_lien');
});

test('Awa leaves; nothing of hers opens any more, and a recovery code lets her in once', async () => {
  const { page } = awa;
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.waitForLoadState();
  assert.equal(await page.getByRole('button', { name: 'Se déconnecter' }).count(), 0);
  await page.goto(`${address}/bureau`);
  assert.ok(!(await words(page)).includes(NAME), 'son bureau ne s’ouvre plus');
  await page.goto(`${address}/connexion`);
  for (const [wait, opens] of [['premier', true], ['second', false]]) {
    await page.fill('#nom', NAME);
    await page.fill('#mot-de-passe', PASSWORD);
    await page.fill('#code', kept.codes[0]);
    await page.press('#code', 'Enter');
    await page.waitForLoadState();
    const inside = await page.getByRole('button', { name: 'Se déconnecter' }).count();
    assert.equal(inside, opens ? 1 : 0, `${wait} usage du même code de secours`);
    if (!opens) break;
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.goto(`${address}/connexion`);
  }
});

test('the mayor answers by the link, without an account, over a slow network', async (t) => {
  const { page, context } = await visitor(browser, { width: 320, script: false });
  await slow(page);
  const began = Date.now();
  assert.equal((await page.goto(address + kept.link)).status(), 200);
  await picture(page, '10_lien_du_maire');
  await page.selectOption('#point-1-position', 'accepted');
  await page.fill('#point-1-texte', 'Le guichet ouvrira le lundi et le jeudi.');
  await page.fill('#point-1-echeance', '31/01/2030');
  await page.fill('#point-1-responsable', 'Secrétariat général de la mairie');
  await page.getByRole('button', { name: 'Enregistrer la réponse' }).click();
  await page.waitForURL(new RegExp(`${kept.recommendation}#`));
  const took = Date.now() - began;
  t.diagnostic(`ouvrir le lien, répondre et lire l’échange en 2G : ${took} ms`);
  assert.ok(took < 2 * PATIENCE_MS, `${took} ms`);
  await says(page, 'lien signé', 'accepté', 'Le guichet ouvrira le lundi et le jeudi.');
  await context.close();
});

test('Kadi, without an account, opens the computation, the table and the sheet to print', async () => {
  const { page, context } = await visitor(browser, { width: 1280, script: false });
  await page.goto(`${address}/recommandations?q=guichet&genre=exercice`);
  await page.getByRole('link', { name: TITLE }).click();
  await says(page, TITLE, 'répondu sur le fond', 'Aucun texte n’oblige à répondre dans ce délai');
  const computation = page.locator('details.explained').first();
  const lines = computation.getByText('jour de remise, non compté');
  assert.equal(await lines.isVisible(), false);
  await computation.locator('summary').click();
  assert.equal(await lines.isVisible(), true, 'le calcul s’ouvre sans script');
  await picture(page, '11_calcul');

  await page.emulateMedia({ media: 'print' });
  for (const [what, shown] of [['header.site nav', false], ['.foot ul', false], ['h1', true], ['svg.qr', true]]) {
    assert.equal(await page.locator(what).first().isVisible(), shown, `${what} sur papier`);
  }
  const sheet = await page.pdf({ format: 'A4', path: `${pictures}/recit_12_feuille.pdf` });
  assert.equal(sheet.subarray(0, 5).toString(), '%PDF-');
  await page.emulateMedia({ media: 'screen' });

  const list = await page.request.get(`${address}/recommandations.csv?q=guichet&genre=exercice`);
  assert.match(list.headers()['content-type'], /text\/csv/);
  assert.match(await list.text(), new RegExp(TITLE));
  await page.goto(`${address}/recommandations?q=guichet&genre=exercice`);
  const matrix = await page.request.get(new URL(await page.getByRole('link', { name: 'Matrice de suivi (CSV)' }).getAttribute('href'), address).href);
  const rows = (await matrix.text()).trim().split('\n');
  assert.ok(rows.some((row) => row.includes('Ouvrir un guichet deux jours par semaine')), 'la matrice porte la ligne');
  assert.ok(!rows.some((row) => row.includes('A/HRC')), 'et rien de ce que les filtres ont écarté');
  await context.close();
});

async function slow(page) {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.emulateNetworkConditions', SLOW);
}

test('first views are there in a sensible time on a 2G network', async (t) => {
  for (const path of ['/', kept.recommendation, '/recommandations/exercice-03']) {
    const { page, context } = await visitor(browser, { width: 320, script: false });
    await slow(page);
    const began = Date.now();
    await page.goto(address + path, { waitUntil: 'load' });
    const took = Date.now() - began;
    t.diagnostic(`${path} : ${took} ms à 50 kbit/s et 300 ms`);
    assert.ok(took > SLOW.latency, 'le réseau est bien ralenti');
    assert.ok(took < PATIENCE_MS, `${path} : ${took} ms`);
    await context.close();
  }
});

test('« Plus » opens with the keyboard, and everything in it is reached in order', async () => {
  for (const width of [320, 1280]) {
    const { page, context } = await visitor(browser, { width, script: false });
    await page.goto(`${address}/`);
    await tabTo(page, (at) => at.tag === 'summary' && at.words === 'Plus');
    assert.equal(await page.locator('details.more ul').isVisible(), false);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('details.more ul').isVisible(), true);
    await picture(page, `13_plus_${width}`);
    const links = await page.locator('details.more a').count();
    for (let n = 0; n < links; n += 1) {
      const at = await tabTo(page, () => true, 1);
      assert.equal(await page.locator('details.more a').nth(n).getAttribute('href'), at.href);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${width} px`);
    await context.close();
  }
});
