// The ES module of htmx comes without types of its own; this is what is used of it.
declare module "htmx.org/dist/htmx.esm.js" {
  interface AjaxOptions {
    target: string;
    select?: string;
    swap?: string;
  }
  const htmx: { ajax(verb: string, path: string, options: AjaxOptions): Promise<void> };
  export default htmx;
}
