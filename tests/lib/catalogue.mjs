// The words of the interface in each language, from locale/*.po, so that a test written with the Russian labels reads
// the English pages too.
import fs from 'node:fs';

const folder = new URL('../../locale/', import.meta.url);

/** msgid -> msgstr of one language; of plurals the first form. */
function read(language) {
  const entries = new Map();
  let id;
  let into;
  let text = '';
  const flush = () => { if (id && into) entries.set(id, text); };
  for (const line of fs.readFileSync(new URL(`${language}.po`, folder), 'utf8').split('\n')) {
    const match = /^(msgid|msgstr(?:\[0\])?) (".*")$/.exec(line);
    if (match?.[1] === 'msgid') { flush(); id = JSON.parse(match[2]); into = undefined; }
    else if (match) { into = match[1]; text = JSON.parse(match[2]); }
    else if (line.startsWith('"') && into) text += JSON.parse(line);
    else if (line.startsWith('"') && id !== undefined && !into) id += JSON.parse(line);
    else if (line.startsWith('msgstr[')) { flush(); id = undefined; into = undefined; }
  }
  flush();
  return entries;
}

/** A function from Russian words to those of the language. Words that no catalogue has stay as they are. */
export function translator(language) {
  if (language === 'ru') return (words) => words;
  const [russian, other] = [read('ru'), read(language)];
  const pairs = new Map();
  for (const [id, words] of russian) if (other.has(id) && !pairs.has(words)) pairs.set(words, other.get(id));
  return (words) => pairs.get(words) ?? words;
}
