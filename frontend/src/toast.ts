// Short notices: <div class="toast" id="toast" role="status"></div> at the end of <body>.

const seconds = 6;
let timer = 0;

/** Shows `message` for some seconds; with a link it stays until the next one, so that nobody has to be quick. */
export function toast(message: string, link?: { href: string; text: string }): void {
  const region = document.getElementById("toast");
  if (!region) return;
  clearTimeout(timer);
  region.replaceChildren();
  // Screen readers announce a change of the region, so the words come after the region was empty.
  requestAnimationFrame(() => {
    region.append(message);
    if (!link) return;
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.textContent = link.text;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    region.append(anchor);
  });
  if (!link) timer = window.setTimeout(() => region.replaceChildren(), seconds * 1000);
}
