// Additions: without them each page still does all that it is for.
"use strict";

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// A reader may forbid storage; then a choice lasts as long as the page.
const kept = (name, value) => {
  try {
    if (value) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {}
};

const spoken = make("p", { className: "visually-hidden", role: "status" });
document.body.append(spoken);
const say = (text) => {
  // Emptied first, so that the same words are spoken again.
  spoken.textContent = "";
  setTimeout(() => { spoken.textContent = text; }, 50);
};

/* Copy buttons */
for (const code of document.querySelectorAll(".exchange__message, .constant code")) {
  const what = code.closest("figure")?.querySelector("figcaption").textContent.toLowerCase() ?? code.textContent;
  const word = make("span", { textContent: "Copy" });
  const button = make("button", { type: "button", className: "copy-button" }, word,
    make("span", { className: "visually-hidden", textContent: ` ${what}` }));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      word.textContent = "Copied";
      setTimeout(() => { word.textContent = "Copy"; }, 2000);
      say(`Copied: ${what}`);
    } catch {
      getSelection().selectAllChildren(code);
      say(`Not copied, but selected: ${what}`);
    }
  });
  code.after(button);
}

/* Suggestions: a combobox as in the ARIA Authoring Practices */
const suggest = (field) => {
  const list = make("div",
    { id: "suggestions", className: "search-form__suggestions", role: "listbox", ariaLabel: "Suggestions" });
  field.after(list);
  Object.assign(field, { role: "combobox", ariaAutoComplete: "list" });
  field.setAttribute("aria-controls", list.id);
  let chosen = -1;
  let timer;
  let request;

  const choose = (position) => {
    chosen = position;
    [...list.children].forEach((option, place) => { option.ariaSelected = place === chosen; });
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[chosen]?.id ?? "");
  };
  const open = (is) => {
    list.hidden = !is;
    field.ariaExpanded = is;
    if (!is) choose(-1);
  };
  const fill = ([, titles, details, urls]) => {
    list.replaceChildren(...titles.map((title, place) => make("a", {
      id: `suggestion-${place}`, className: "search-form__suggestion", role: "option", tabIndex: -1,
      href: new URL(urls[place]).pathname,
    }, make("b", { textContent: title }), ` ${details[place]}`)));
    choose(-1);
    open(titles.length > 0);
    say(`Suggestions: ${titles.length}`);
  };
  const ask = async () => {
    request = new AbortController();
    try {
      const response = await fetch(`/suggest?q=${encodeURIComponent(field.value)}`, { signal: request.signal });
      if (response.ok && field === document.activeElement) fill(await response.json());
    } catch {
      // Stale, or the network failed: the form still sends the search.
    }
  };

  open(false);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    request?.abort();
    if (field.value.trim()) timer = setTimeout(ask, 100);
    else open(false);
  });
  field.addEventListener("blur", () => {
    clearTimeout(timer);
    open(false);
  });
  // A press would take the focus, and the list would close under the pointer.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const places = list.children.length + 1;
    if (event.isComposing) return;
    if (step && places > 1) {
      // Past either end the choice returns to the field.
      const from = list.hidden ? -1 : chosen;
      open(true);
      choose(((from + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) list.children[chosen].click();
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
  });
};
// Of which a page has one, or none.
document.querySelectorAll(".search-form__field").forEach(suggest);

/* Keys */
const keys = make("dialog", { className: "keys" });
keys.setAttribute("aria-labelledby", "keys-title");
keys.innerHTML = `<h2 id="keys-title">Keys</h2>
<dl><dt><kbd>/</kbd> or <kbd>Ctrl</kbd> <kbd>K</kbd></dt><dd>Search</dd>
<dt><kbd>↓</kbd> <kbd>↑</kbd></dt><dd>Choose a suggestion</dd>
<dt><kbd>Enter</kbd></dt><dd>Open it, or search</dd>
<dt><kbd>Esc</kbd></dt><dd>Close</dd>
<dt><kbd>?</kbd></dt><dd>Show these keys</dd></dl>
<label><input type="checkbox"> Listen to <kbd>/</kbd> and <kbd>?</kbd></label>
<form method="dialog"><button autofocus>Close</button></form>`;
document.body.append(keys);
// Whoever speaks to the machine must be able to turn single keys off (WCAG 2.1.4).
const listening = keys.querySelector("input");
listening.checked = kept("keys") !== "off";
listening.addEventListener("change", () => kept("keys", listening.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  const single = listening.checked && !command && !event.altKey
    && !event.target.closest("input:not([type=checkbox]), select, textarea");
  if (keys.open) return;
  if ((command && event.key.toLowerCase() === "k") || (single && event.key === "/")) {
    const field = document.querySelector("input[type=search]");
    field.focus();
    field.select();
  } else if (single && event.key === "?") keys.showModal();
  else return;
  event.preventDefault();
});

/* Footer: the theme, and a way to the keys */
const theme = make("select", { id: "theme" },
  new Option("Auto", "auto"), new Option("Light", "light"), new Option("Dark", "dark"));
theme.value = kept("theme") ?? "auto";
theme.addEventListener("change", () => {
  kept("theme", theme.value);
  document.documentElement.dataset.theme = theme.value;
});
const showKeys = make("button", { type: "button", textContent: "Keys" });
showKeys.addEventListener("click", () => keys.showModal());
document.querySelector(".site-footer").append(
  make("div", { className: "site-tools" }, make("label", { htmlFor: "theme", textContent: "Theme" }), theme, showKeys));
