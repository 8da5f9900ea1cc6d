// Controls by role and accessible name: what a person or a screen reader would call them. A part of the W3C
// "Accessible Name and Description Computation", as much as forms and links need.

export const clean = (text) => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();

/** The words of an element, without what is hidden from everybody. */
export function words(element) {
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === 3) text += node.textContent;
    else if (node.nodeType === 1) {
      if (hidden(node) || node.getAttribute('aria-hidden') === 'true') continue;
      if (['SCRIPT', 'STYLE', 'TEMPLATE', 'SVG'].includes(node.tagName.toUpperCase())) continue;
      // A label stands for the words of a control; of a region it is its name.
      const label = ['A', 'BUTTON', 'SUMMARY', 'METER', 'PROGRESS'].includes(node.tagName) ? node.getAttribute('aria-label') : null;
      text += label ?? (node.tagName === 'IMG' ? node.getAttribute('alt') ?? '' : words(node));
      if (!['A', 'B', 'I', 'EM', 'STRONG', 'SPAN', 'MARK', 'BDI', 'CODE', 'SUP', 'SUB'].includes(node.tagName)) text += ' ';
    }
  }
  return text;
}

const hidden = (element) => element.hasAttribute('hidden') || element.tagName === 'TEMPLATE';

export function isShown(element) {
  for (let at = element; at && at.nodeType === 1; at = at.parentNode) if (hidden(at)) return false;
  return true;
}

export function nameOf(element) {
  const document = element.ownerDocument;
  const by = element.getAttribute('aria-labelledby');
  if (by) return clean(by.split(/\s+/).map((id) => document.getElementById(id)).map((e) => (e ? words(e) : '')).join(' '));
  if (element.hasAttribute('aria-label')) return clean(element.getAttribute('aria-label'));
  const labels = labelsOf(element);
  if (labels.length) return clean(labels.map(words).join(' '));
  if (element.tagName === 'INPUT' && ['submit', 'button', 'reset'].includes(element.getAttribute('type'))) {
    return clean(element.getAttribute('value'));
  }
  if (element.tagName === 'FIELDSET') return clean(words(element.querySelector('legend') ?? element));
  if (element.tagName === 'TABLE' && element.querySelector('caption')) return clean(words(element.querySelector('caption')));
  return clean(words(element)) || clean(element.getAttribute('title')) || clean(element.getAttribute('placeholder'));
}

function labelsOf(element) {
  if (!['INPUT', 'SELECT', 'TEXTAREA'].includes(element.tagName)) return [];
  const id = element.getAttribute('id');
  const pointing = id ? [...element.ownerDocument.querySelectorAll('label')].filter((l) => l.getAttribute('for') === id) : [];
  const around = element.closest('label');
  return around && !pointing.includes(around) ? [...pointing, around] : pointing;
}

const roles = {
  link: 'a[href]',
  button: 'button, input[type=submit], [role=button], summary',
  field: 'input:not([type=hidden]):not([type=submit]), textarea, select',
  heading: 'h1, h2, h3, h4',
  region: 'section, main, nav, aside, form, table, article, fieldset, dialog, details, ul, ol, dl, [role=region], [role=group]',
};

/** All shown elements of the role whose name is the one given; exact ones, or else those that begin with it. */
export function all(root, role, name) {
  const found = [...root.querySelectorAll(roles[role])].filter(isShown);
  const exact = found.filter((element) => nameOf(element) === clean(name));
  if (exact.length) return exact;
  return found.filter((element) => nameOf(element).startsWith(clean(name)));
}

/** The one element, or an error that names what there is. */
export function one(root, role, name) {
  const found = all(root, role, name);
  if (found.length) return found[0];
  const there = [...new Set([...root.querySelectorAll(roles[role])].filter(isShown).map(nameOf).filter(Boolean))];
  throw new Error(`no ${role} «${name}» here; there are: ${there.slice(0, 40).map((n) => `«${n.slice(0, 60)}»`).join(', ') || 'none'}`);
}

/** The part of the page that a heading, caption or label names. */
export function section(document, name) {
  const named = [...document.querySelectorAll(roles.region)].find((element) => isShown(element) && hasName(element, name));
  if (named) return named;
  const heading = one(document, 'heading', name);
  return heading.closest('section, article, details, form, dialog, main') ?? heading.parentNode;
}

function hasName(element, name) {
  if (!element.hasAttribute('aria-label') && !element.hasAttribute('aria-labelledby') && !element.querySelector(':scope > caption')) {
    return false;
  }
  return nameOf(element).startsWith(clean(name));
}
