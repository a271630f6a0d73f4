// Progressive enhancement: every page works without this script.
"use strict";

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// Where storage is forbidden, a choice lasts as long as the page.
const stored = (name, value) => {
  try {
    if (value) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {}
};

const liveRegion = make("p", { className: "visually-hidden", role: "status" });
document.body.append(liveRegion);
const say = (text) => {
  // Emptied first, so that a repeated text is announced again.
  liveRegion.textContent = "";
  setTimeout(() => { liveRegion.textContent = text; }, 50);
};

/* Copy buttons */
for (const code of document.querySelectorAll(".exchange__message, .constant code")) {
  const name = code.closest("figure")?.querySelector("figcaption").textContent.toLowerCase() ?? code.textContent;
  const label = make("span", { textContent: "Copy" });
  const button = make("button", { type: "button", className: "copy-button" }, label,
    make("span", { className: "visually-hidden", textContent: ` ${name}` }));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      label.textContent = "Copied";
      setTimeout(() => { label.textContent = "Copy"; }, 2000);
      say(`Copied: ${name}`);
    } catch {
      getSelection().selectAllChildren(code);
      say(`Could not copy. Selected: ${name}`);
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

  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((option, i) => { option.ariaSelected = i === chosen; });
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[chosen]?.id ?? "");
  };
  const open = (isOpen) => {
    list.hidden = !isOpen;
    field.ariaExpanded = isOpen;
    if (!isOpen) choose(-1);
  };
  const fill = ([, titles, details, urls]) => {
    list.replaceChildren(...titles.map((title, i) => make("a", {
      id: `suggestion-${i}`, className: "search-form__suggestion", role: "option", tabIndex: -1,
      href: new URL(urls[i]).pathname,
    }, make("b", { textContent: title }), ` ${details[i]}`)));
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
      // Superseded, or the network failed: the form still works.
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
  // Otherwise the field loses the focus, and the list closes before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = list.children.length + 1;
    if (event.isComposing) return;
    if (step && stops > 1) {
      // Past either end, the focus returns to the field.
      const from = list.hidden ? -1 : chosen;
      open(true);
      choose(((from + 1 + step + stops) % stops) - 1);
    } else if (event.key === "Enter" && chosen >= 0) list.children[chosen].click();
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
  });
};
// A page has at most one.
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
<label><input type="checkbox"> Use <kbd>/</kbd> and <kbd>?</kbd> as shortcuts</label>
<form method="dialog"><button>Close</button></form>`;
document.body.append(keys);
const showKeys = () => {
  keys.showModal();
  keys.querySelector("button").focus();
};
// Speech input can type single keys by mistake (WCAG 2.1.4).
const singleKeys = keys.querySelector("input");
singleKeys.checked = stored("keys") !== "off";
singleKeys.addEventListener("change", () => stored("keys", singleKeys.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  const single = singleKeys.checked && !command && !event.altKey
    && !event.target.closest("input:not([type=checkbox]), select, textarea");
  if (keys.open) return;
  if ((command && event.key.toLowerCase() === "k") || (single && event.key === "/")) {
    const field = document.querySelector("input[type=search]");
    field.focus();
    field.select();
  } else if (single && event.key === "?") showKeys();
  else return;
  event.preventDefault();
});

/* Footer: the theme, and a button for the keys */
const theme = make("select", { id: "theme" },
  new Option("Auto", "auto"), new Option("Light", "light"), new Option("Dark", "dark"));
theme.value = stored("theme") ?? "auto";
theme.addEventListener("change", () => {
  stored("theme", theme.value);
  document.documentElement.dataset.theme = theme.value;
});
document.querySelector(".site-footer").append(make("div", { className: "site-tools" },
  make("label", { htmlFor: "theme", textContent: "Theme" }), theme,
  make("button", { type: "button", textContent: "Keys", onclick: showKeys })));
