// The text of scenarios: comments, steps, and texts of several lines.

/** Scenarios of a file: {file, line, name, steps: [{line, text}]}. An indented line goes on the step above it. */
export function read(file, text) {
  const scenarios = [];
  let scenario;
  let comment = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trimEnd();
    if (line === '') { comment = []; scenario = undefined; return; }
    if (line.startsWith('#')) { comment.push(line.slice(1).trim()); return; }
    if (!scenario) {
      scenario = { file, line: index + 1, name: comment[0] ?? `scenario ${scenarios.length + 1}`, steps: [] };
      scenarios.push(scenario);
    }
    if (/^\s/.test(line)) scenario.steps.at(-1).text += ' ' + line.trim();
    else scenario.steps.push({ line: index + 1, text: line });
  });
  return scenarios;
}

/**
 * A sentence with gaps becomes a test for lines. Gaps: {text} is in quotes, {word} a name, {number} digits, {path} an
 * address, {size} such as 5 MB, {variable} a word that the run has kept.
 */
export function sentence(pattern) {
  const gaps = {
    text: '"((?:[^"\\\\]|\\\\.)*)"',
    word: '([a-z][\\w-]*)',
    number: '(\\d+)',
    path: '(/\\S*)',
    size: '(\\d+(?: ?[KMG]B)?)',
  };
  const source = pattern.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, (_, name) => gaps[name] ?? `\\{${name}\\}`);
  return new RegExp(`^${source}$`, 'u');
}

/** What stands in quotes, with \n, \t, \" and the like. */
export const unquote = (text) => text.replace(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|.)/g, (_, c) =>
  ({ n: '\n', t: '\t', r: '\r', 0: '\0' })[c] ?? (/^[xu]./.test(c) ? String.fromCharCode(parseInt(c.slice(1), 16)) : c));

export const bytes = (size) => {
  const [, count, unit] = /^(\d+) ?([KMG]B)?$/.exec(size);
  return Number(count) * { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }[unit ?? 'B'] || Number(count);
};
