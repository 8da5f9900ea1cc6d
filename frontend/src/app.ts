document.documentElement.classList.add("js");export {}
