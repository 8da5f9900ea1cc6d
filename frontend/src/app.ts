// The entry. Every behaviour improves a link or a form that works without it.
import { start } from "./dom";
import "./draft";
import "./error-summary";
import { startLazyParts } from "./lazy";
import "./list-refresh";
import "./live";
import { startMenus } from "./menu";
import "./palette";
import { startPrint } from "./print";
import { startShortcuts } from "./shortcuts";
import "./submit-once";
import "./theme";
import { startViewTransitions } from "./view-transition";

document.documentElement.classList.add("js");
startMenus();
startShortcuts();
startPrint();
startViewTransitions();
startLazyParts();
start(document);
