// The few lines that every behaviour needs to find its HTML.

export function find<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T | null {
  return root.querySelector<T>(selector);
}

export function findAll<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T[] {
  return [...root.querySelectorAll<T>(selector)];
}

type Setup = (element: HTMLElement) => void;
const behaviours: { selector: string; setup: Setup; done: WeakSet<Element> }[] = [];

/** Runs `setup` once for each element of the page that matches, and for those that later arrive in a fragment. */
export function behaviour(selector: string, setup: Setup): void {
  behaviours.push({ selector, setup, done: new WeakSet() });
}

/** Starts what has arrived in `root`; elements that already run are left alone. */
export function start(root: ParentNode): void {
  for (const { selector, setup, done } of behaviours) {
    const found = findAll(selector, root);
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (done.has(element)) continue;
      done.add(element);
      setup(element);
    }
  }
}
