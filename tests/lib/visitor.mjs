// A person with a browser that runs no scripts: keeps cookies, follows redirects, reads pages, fills and sends forms.
import { parseHTML } from 'linkedom';
import { multipart, request } from './http.mjs';
import { all, clean, nameOf, one, words } from './names.mjs';

// A fragment, such as the options of a look-up, is read as the body of a page.
function parse(html) {
  return parseHTML(/<html/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`).document;
}

// What one Set-Cookie header does to the cookies.
function keepCookie(cookies, line) {
  const [pair, ...attributes] = line.split(';').map((part) => part.trim());
  const name = pair.slice(0, pair.indexOf('='));
  const value = pair.slice(pair.indexOf('=') + 1);
  const ended = attributes.some((a) => /^max-age=0$/i.test(a) || (/^expires=/i.test(a) && new Date(a.slice(8)) < new Date()));
  if (ended || value === '') cookies.delete(name);
  else cookies.set(name, value);
}

export class Visitor {
  constructor(base, name = 'somebody') {
    this.base = base;
    this.name = name;
    this.cookies = new Map();
    this.filled = new Map(); // control -> value, until the page changes
    this.language = undefined;
  }

  get headers() {
    const headers = { accept: 'text/html,*/*;q=0.8' };
    if (this.language) headers['accept-language'] = this.language;
    if (this.cookies.size) headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return headers;
  }

  /** One request with this person's cookies; the answer becomes the page. */
  async send({ method = 'GET', path, headers = {}, body, timeout }) {
    const answer = await request(this.base, { method, path, headers: { ...this.headers, ...headers }, body, timeout });
    for (const line of answer.headers['set-cookie'] ?? []) keepCookie(this.cookies, line);
    this.answer = answer;
    this.status = answer.status;
    this.path = path;
    this.filled.clear();
    this.document = /^text\/html/.test(answer.headers['content-type'] ?? '') ? parse(answer.text) : undefined;
    return answer;
  }

  /** Sends and follows redirects, as a browser's address bar does. */
  async go(what) {
    let { method = 'GET', path, headers, body } = typeof what === 'string' ? { path: what } : what;
    if (method === 'GET') headers = { ...headers, ...(this.path ? { referer: this.base + this.path } : {}) };
    else headers = { ...headers, origin: this.base, referer: this.base + (this.path ?? '/') };
    for (let hop = 0; hop < 10; ++hop) {
      const answer = await this.send({ method, path, headers, body });
      const to = answer.headers.location;
      if (![301, 302, 303, 307, 308].includes(answer.status) || !to) return answer;
      const address = new URL(to, this.base + path);
      if (address.origin !== this.base) throw new Error(`a redirect leads away, to ${address.origin}`);
      path = address.pathname + address.search;
      if (answer.status < 307) [method, headers, body] = ['GET', {}, undefined];
    }
    throw new Error(`too many redirects at ${path}`);
  }

  get title() { return clean(this.document?.title); }
  get text() { return this.document ? clean(words(this.document.body)) : this.answer?.text ?? ''; }

  #page() {
    if (!this.document) throw new Error(`${this.name} has no page open (${this.path}: ${this.status})`);
    return this.document;
  }

  link(name) { return one(this.#page(), 'link', name); }
  button(name) { return one(this.#page(), 'button', name); }
  field(name) { return one(this.#page(), 'field', name); }
  has(role, name) { return all(this.#page(), role, name).length > 0; }

  async click(name) {
    const href = this.link(name).getAttribute('href');
    const address = new URL(href, this.base + this.path);
    return this.go(address.pathname + address.search);
  }

  fill(name, value) {
    const control = this.field(name);
    if (control.tagName === 'SELECT') {
      const option = [...control.querySelectorAll('option')].find((o) => clean(o.textContent) === clean(value));
      if (!option) throw new Error(`no «${value}» in «${name}»: ${[...control.querySelectorAll('option')].map((o) => clean(o.textContent)).slice(0, 30).join(', ')}`);
      value = option.getAttribute('value') ?? clean(option.textContent);
    } else if (['checkbox', 'radio'].includes(control.getAttribute('type')) && typeof value !== 'boolean') {
      value = true;
    }
    this.filled.set(control, value);
  }

  /** Files for a file field: {filename, content, type}. */
  // Several calls choose several files.
  attach(name, files) {
    const field = this.field(name);
    this.filled.set(field, [...(this.filled.get(field) ?? []), ...files]);
  }

  /** What a field holds: typed, or given by the page. */
  value(name) { return this.#valueOf(this.field(name)); }

  #valueOf(control) {
    if (this.filled.has(control)) return this.filled.get(control);
    if (control.tagName === 'TEXTAREA') return control.textContent.replace(/^\n/, '');
    if (control.tagName === 'SELECT') {
      const options = [...control.querySelectorAll('option')];
      const chosen = options.find((o) => o.hasAttribute('selected')) ?? options[0];
      return chosen ? chosen.getAttribute('value') ?? clean(chosen.textContent) : '';
    }
    return control.getAttribute('value') ?? '';
  }

  /** The pairs that a form would send. */
  pairs(form, submitter) {
    const pairs = [];
    const id = form.getAttribute('id');
    const controls = [...this.document.querySelectorAll('input, textarea, select, button')].filter((control) =>
      control.hasAttribute('form') ? control.getAttribute('form') === id : control.closest('form') === form);
    for (const control of controls) {
      const name = control.getAttribute('name');
      if (!name || control.hasAttribute('disabled')) continue;
      const type = control.getAttribute('type') ?? '';
      if (control.tagName === 'BUTTON' || type === 'submit') {
        if (control === submitter) pairs.push([name, control.getAttribute('value') ?? '']);
      } else if (type === 'checkbox' || type === 'radio') {
        const on = this.filled.has(control) ? this.filled.get(control)
          : control.hasAttribute('checked') && !(type === 'radio' && this.#otherChosen(control));
        if (on) pairs.push([name, control.getAttribute('value') ?? 'on']);
      } else if (type === 'file') {
        const files = this.filled.get(control) ?? [];
        for (const file of files) pairs.push([name, file]);
        if (!files.length) pairs.push([name, { filename: '', content: '' }]);
      } else {
        pairs.push([name, String(this.#valueOf(control)).replace(/\r?\n/g, '\r\n')]);
      }
    }
    return pairs;
  }

  #otherChosen(radio) {
    return [...this.filled.keys()].some((control) => control !== radio && control.getAttribute('type') === 'radio' &&
      control.getAttribute('name') === radio.getAttribute('name'));
  }

  /** Presses a button: its form is sent as it stands. `change` may alter the pairs before. */
  async press(name, change = (pairs) => pairs) {
    const what = this.prepare(name, change);
    return this.go(what);
  }

  /** The request that a button would send. */
  prepare(name, change = (pairs) => pairs) {
    const button = this.button(name);
    const owner = button.getAttribute('form');
    const form = owner ? this.document.getElementById(owner) : button.closest('form');
    if (!form) throw new Error(`the button «${name}» stands in no form`);
    const action = button.getAttribute('formaction') ?? form.getAttribute('action') ?? this.path;
    const method = (button.getAttribute('formmethod') ?? form.getAttribute('method') ?? 'get').toUpperCase();
    const type = button.getAttribute('formenctype') ?? form.getAttribute('enctype');
    const pairs = change(this.pairs(form, button));
    const address = new URL(action, this.base + this.path);
    if (method === 'GET') {
      const query = new URLSearchParams(pairs.filter(([, value]) => typeof value === 'string'));
      return { path: `${address.pathname}?${query}` };
    }
    const path = address.pathname + address.search;
    if (type === 'multipart/form-data') {
      const form_data = multipart(pairs);
      return { method, path, headers: { 'content-type': form_data.type }, body: form_data.body };
    }
    const body = new URLSearchParams(pairs.map(([key, value]) => [key, typeof value === 'string' ? value : value.filename])).toString();
    return { method, path, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
  }

  /** The proof that forms carry against forgery. */
  get proof() { return this.document?.querySelector('input[name=csrf]')?.getAttribute('value') ?? ''; }
}

export { nameOf };
