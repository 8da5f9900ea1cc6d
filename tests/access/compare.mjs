// Pages without what differs between any two answers: moments, proofs and names of requests.

/** @returns {string} the body as far as it says something of the data */
export function essence(text) {
  return text
    .replace(/<relative-time[^>]*datetime="([^"]*)"[^>]*>[^<]*</g, '<time $1><')
    .replace(/<time data-updated[^>]*>[^<]*</g, '<')
    .replace(/<time datetime="([^"]*)"[^>]*>[^<]*<\/time>/g, '<time $1>')
    .replace(/(name="csrf"\s+value=)"[^"]*"/g, '$1""')
    .replace(/(name="(?:draft|next)"\s+value=)"[^"]*"/g, '$1""')
    .replace(/(data-(?:csrf|refreshed|draft|request)[\w-]*=)"[^"]*"/g, '$1""')
    .replace(/(<meta name="csrf" content=)"[^"]*"/g, '$1""')
    .replace(/(<code>)[^<]*/g, '$1')
    .replace(/"(saved_at|updated_at|version|id)":("[^"]*"|\d+)/g, '"$1":""');
}

/** The first place where two texts part, for people to read. */
export function difference(left, right) {
  if (left === right) return undefined;
  let at = 0;
  while (at < left.length && left[at] === right[at]) ++at;
  const show = (text) => text.slice(Math.max(0, at - 80), at + 120).replace(/\s+/g, ' ');
  return `«${show(left)}» against «${show(right)}»`;
}
