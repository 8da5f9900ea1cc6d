// <form method="post" action="/theme" data-theme-toggle><button name="theme" value="dark|light">
// The theme changes at once; the server is told so that the next page comes in it.
import { behaviour, find, findAll } from "./dom";
import { post } from "./http";

export function toggleTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = dark ? "light" : "dark";
  root.dataset.theme = theme;
  for (const button of findAll<HTMLButtonElement>('[data-theme-toggle] [name="theme"]')) {
    button.value = theme === "dark" ? "light" : "dark";
  }
  const form = find<HTMLFormElement>("form[data-theme-toggle]");
  if (form) post(form.action, new URLSearchParams({ theme })).catch(() => undefined);
}

behaviour("form[data-theme-toggle]", (form) =>
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    toggleTheme();
  }),
);
