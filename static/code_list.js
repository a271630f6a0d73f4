// Filters the list without a page load: what changes is copied from the page at the new address.
"use strict";

const form = document.querySelector(".filters");
const field = form.querySelector("[type=search]");
const count = document.querySelector("#result-count");
let shownQuery = location.search;
let request;
let timer;

const address = () => {
  const filters = [...new FormData(form)].filter(([, value]) => value);
  return `${form.action}?${new URLSearchParams(filters)}`.replace(/\?$/, "");
};

const update = (page, typing) => {
  if (!page.getElementById("results")) throw new Error("no list in the page");
  const focused = document.activeElement;
  for (const id of ["active-filters", "results"]) document.getElementById(id).replaceWith(page.getElementById(id));
  for (const fresh of page.querySelectorAll(".filter-group__choice")) {
    const { name, value, checked } = fresh.firstChild;
    const input = form.querySelector(`[name="${name}"][value="${value}"]`);
    input.checked = checked;
    input.parentElement.className = fresh.className;
    input.parentElement.lastChild.textContent = fresh.lastChild.textContent;
  }
  if (!typing) field.value = page.querySelector("#filter-q").value;
  form.elements.sort.value = page.querySelector("#filter-sort").value;
  // The element stays, so that the count is announced.
  count.textContent = page.querySelector("#result-count").textContent;
  if (!focused.isConnected) count.focus();
};

const show = async (url, { typing = false, back = false } = {}) => {
  clearTimeout(timer);
  request?.abort();
  const current = request = new AbortController();
  try {
    const response = await fetch(url, { signal: current.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    update(page, typing);
    // One history entry for a search, not one for each letter.
    if (!back) history[typing && history.state?.typing ? "replaceState" : "pushState"]({ typing }, "", url);
    shownQuery = location.search;
  } catch {
    // Superseded, or the network failed: the form and the links still work.
    if (!current.signal.aborted && !typing) location.assign(url);
  }
};

const closeGroups = () => form.querySelectorAll("details[open]").forEach((group) => { group.open = false; });

form.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (event.target === field) timer = setTimeout(() => show(address(), { typing: true }), 200);
  else show(address());
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  closeGroups();
  show(address());
});
addEventListener("popstate", () => {
  if (location.search !== shownQuery) show(location.href, { back: true });
});
document.addEventListener("click", (event) => {
  // The open group covers the list, so it closes like a menu.
  if (!event.target.closest(".filter-group")) closeGroups();
  const link = event.target.closest("main a");
  if (link?.pathname !== location.pathname || link.hash || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href);
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.target.closest("details")?.firstElementChild.focus();
  closeGroups();
});
