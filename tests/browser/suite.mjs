// A run of browser tests: each gets a window of its own, and fails on whatever the browser complains of.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import zlib from 'node:zlib';
import { translator } from '../lib/catalogue.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const html_budget = 10 * 1024; // bytes, compressed

export class Suite {
  constructor(options) {
    Object.assign(this, options, { passed: 0, failed: 0, failures: [] });
  }

  /** A fresh window, as on a machine of its own. */
  async open({ language, theme, width, scripts, touch, name }) {
    const context = await this.browser.newContext({
      viewport: { width, height: width < 700 ? 844 : 900 }, javaScriptEnabled: scripts, locale: language === 'ru' ? 'ru-RU' : 'en-US',
      timezoneId: 'Europe/Moscow', reducedMotion: 'reduce', hasTouch: touch, acceptDownloads: true,
    });
    context.setDefaultTimeout(30_000);
    await context.addCookies([{ name: 'language', value: language, url: this.server.base },
      ...(theme ? [{ name: 'theme', value: theme, url: this.server.base }] : [])]);
    return new Window(this, await context.newPage(), { language, theme, width, scripts, touch, name });
  }

  /** Runs one test in a fresh window. */
  async test(name, { language = 'ru', theme, width = 1440, scripts = true, who, touch = false }, run) {
    const title = `${name} (${language}, ${width}${theme ? `, ${theme}` : ''}${scripts ? '' : ', no scripts'})`;
    if (this.only && !title.includes(this.only)) return;
    const started = Date.now();
    const window = await this.open({ language, theme, width, scripts, touch, name });
    const { page } = window;
    try {
      if (who) await window.signIn(who);
      await run(window, page);
      window.noComplaints();
      ++this.passed;
      console.log(`ok   ${title}, ${Date.now() - started} ms`);
    } catch (error) {
      ++this.failed;
      this.failures.push(`${title}: ${error.message}`);
      console.log(`FAIL ${title}\n     ${String(error.message).split('\n').slice(0, 14).join('\n     ')}`);
      const at = String(error.stack).split('\n').find((line) => line.includes('/tests/browser/') && !line.includes('suite.mjs'));
      if (at) console.log(`     ${at.trim()}`);
      console.log(`     page ${page.url()}`);
      for (const complaint of window.complaints) console.log(`     ${complaint}`);
      if (this.shots) await page.screenshot({ path: path.join(this.shots, `failed-${this.failed}.png`) }).catch(() => {});
    } finally {
      await window.close();
    }
  }
}

/** One person's window. */
export class Window {
  constructor(suite, page, how) {
    Object.assign(this, how, { suite, page, complaints: [], expected: [], base: suite.server.base });
    this.t = translator(how.language);
    page.on('console', (message) => {
      if (message.type() === 'error' || (message.type() === 'warning' && /Content Security Policy|preload/i.test(message.text()))) {
        this.complaints.push(`console: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.complaints.push(`script: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.base) && !/^(data|blob|about):/.test(request.url())) {
        this.complaints.push(`asks elsewhere: ${request.url()}`);
      }
    });
  }

  /** Another person's window beside this one. */
  async beside(who) {
    const window = await this.suite.open(this);
    await window.signIn(who);
    return window;
  }

  async close() { await this.page.context().close(); }

  /** Complaints that hold these words are meant to come. */
  expectComplaint(pattern) { this.expected.push(pattern); }

  noComplaints() {
    const left = this.complaints.filter((complaint) => !this.expected.some((pattern) => pattern.test(complaint)));
    if (left.length) throw new Error(`the browser complains:\n${left.join('\n')}`);
  }

  async go(address) {
    const answer = await this.page.goto(this.base + address, { waitUntil: this.scripts ? 'load' : 'domcontentloaded' });
    return answer;
  }

  // By role and name, with the Russian name translated.
  link(name, options) { return this.page.getByRole('link', { name: this.t(name), exact: true, ...options }); }
  button(name, options) { return this.page.getByRole('button', { name: this.t(name), exact: true, ...options }); }
  heading(name, options) { return this.page.getByRole('heading', { name: this.t(name), exact: true, ...options }); }
  field(name, options) { return this.page.getByLabel(this.t(name), { exact: true, ...options }); }

  async signIn(who) {
    this.who = who;
    const person = this.suite.people.get(who);
    if (!person) throw new Error(`nobody is called ${who}`);
    await this.go('/sign-in');
    await this.field('Имя пользователя').fill(person.email);
    await this.field('Пароль').fill(person.password);
    await this.button('Войти').click();
    await this.page.waitForURL((url) => url.pathname !== '/sign-in');
    await this.speak();
  }

  /** The person's own language may differ from the one under test. */
  async speak() {
    if (await this.page.locator('html').getAttribute('lang') === this.language) return;
    const proof = await this.page.locator('input[name=csrf]').first().getAttribute('value');
    await this.page.context().request.post(`${this.base}/language`, { form: { csrf: proof, language: this.language }, headers: { origin: this.base } });
    await this.page.reload();
    const lang = await this.page.locator('html').getAttribute('lang');
    if (lang !== this.language) throw new Error(`the page speaks ${lang}, not ${this.language}`);
  }

  /** axe's findings; none are allowed. */
  async accessible() {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Runtime.evaluate', { expression: axe });
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations.map((v) =>
        ({ id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')) }))))`,
      awaitPromise: true, returnByValue: true,
    });
    await session.detach();
    if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    const found = JSON.parse(result.value);
    if (found.length) throw new Error(`axe: ${found.map((v) => `${v.id} (${v.help}): ${v.nodes.join('; ')}`).join('\n')}`);
  }

  /** Nothing may be wider than the window. */
  async fits() {
    const wide = await this.page.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= limit) return '';
      const worst = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > limit + 1)
        .map((e) => `${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className}`);
      return `${document.documentElement.scrollWidth} px wide: ${worst.slice(0, 6).join(', ')}`;
    });
    if (wide) throw new Error(`the page scrolls sideways at ${this.width} px, ${wide}`);
  }

  /** The page's weight as it goes over the wire. */
  async light(answer) {
    const weight = zlib.gzipSync(await answer.body(), { level: 6 }).length;
    if (weight > html_budget) throw new Error(`the page weighs ${(weight / 1024).toFixed(1)} KB compressed, more than ${html_budget / 1024}`);
  }

  async shot(name, options = {}) {
    if (!this.suite.shots) return;
    const file = `${name}-${this.width}-${this.theme ?? 'auto'}${this.language === 'ru' ? '' : `-${this.language}`}${this.scripts ? '' : '-noscript'}.png`;
    await this.page.screenshot({ path: path.join(this.suite.shots, file), fullPage: true, ...options });
  }
}

export function expect(holds, message) {
  if (!holds) throw new Error(message);
}
