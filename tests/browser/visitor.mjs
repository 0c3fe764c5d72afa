// A visitor with a real browser: what they ask for, what they are sent, what they see.
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';

export const address = process.env.TOGUNA_ADDRESS;

// Chromium is started once for a test file. No sandbox: tests run as root on many machines, and open this site alone.
export async function open() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
}

// A page of the given width whose every request and error is kept.
export async function visitor(browser, { width = 320, script = true, lang = 'fr-ML', scheme = 'light' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    javaScriptEnabled: script,
    locale: lang,
    colorScheme: scheme,
    // axe is a script, and the site's own policy forbids scripts; only the examining visitor may run one.
    bypassCSP: script,
  });
  const page = await context.newPage();
  const elsewhere = [];
  const errors = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) elsewhere.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return { page, context, elsewhere, errors };
}

// The invitation links that the making of the demonstration told, by person.
export function invitations() {
  const told = readFileSync(process.env.TOGUNA_CREATION, 'utf8');
  const links = {};
  for (const line of told.split('\n')) {
    const found = line.match(/^\s+(.+?) : (http\S+)$/);
    if (found) links[found[1]] = found[2];
  }
  return links;
}

// Addresses to examine: the fixed ones, and one of each kind found by following links from lists.
export async function addresses(page) {
  const found = new Set([
    '/', '/instances', '/lieux', '/organisations', '/recommandations', '/silences', '/retards', '/reponses', '/reunions',
    '/chronologie', '/indicateurs', '/methode', '/sources', '/registre', '/recherche?q=segou', '/nouveautes', '/donnees',
    '/a-propos', '/a-propos/limites', '/a-propos/ethique', '/connexion', '/mandats', '/aide', '/n-existe-pas',
    '/recommandations/exercice-03', '/instances/exercice-ccsc', '/silences?exercice=oui', '/retards?exercice=oui',
    '/recommandations?q=zzzz', '/instances?au=2024-01-25', '/instances?tous=oui', '/instances?sorte=ccsc', '/instances/cnrss',
    '/silences?autorite=exercice-maire&exercice=oui', '/reunions?instance=exercice-ccsc', '/organisations?lieu=segou',
    '/en', '/en/instances', '/en/recommandations/exercice-03',
    '/preuve', '/preuve?code=1204',
  ]);
  for (const [list, pattern] of [
    ['/instances?tous=oui', /\/instances\/[a-z0-9-]+$/], ['/lieux', /\/lieux\/[a-z0-9-]+$/],
    ['/organisations', /\/organisations\/[a-z0-9-]+$/], ['/recommandations', /\/recommandations\/[a-z0-9-]+$/],
    ['/indicateurs', /\/indicateurs\/[a-z0-9-]+$/], ['/silences', /\/recommandations\/[a-z0-9-]+$/],
    ['/registre', /\/registre\/\d+$/], ['/reunions', /\/reunions\/[a-z0-9-]+$/],
  ]) {
    await page.goto(address + list);
    const links = await page.$$eval('main a[href]', (all) => all.map((a) => a.getAttribute('href')));
    links.filter((href) => pattern.test(href)).slice(0, 2).forEach((href) => found.add(href));
  }
  return [...found];
}
