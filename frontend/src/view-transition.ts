// Pages blend into each other by CSS (@view-transition in base.css). When a slow page makes the browser give up the
// blending, it rejects promises that nobody waits for; they are no error.

const ignore = () => undefined;

export function startViewTransitions(): void {
  for (const type of ["pageswap", "pagereveal"] as const) {
    window.addEventListener(type, ({ viewTransition }) => {
      viewTransition?.ready.catch(ignore);
      viewTransition?.finished.catch(ignore);
    });
  }
}
