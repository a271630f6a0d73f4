// The list of codes without a page load: what differs is taken over from the page at the new address.
"use strict";

const form = document.querySelector(".filters");
const text = form.querySelector("[type=search]");
const count = document.querySelector("#result-count");
let shown = location.search;
let request;
let timer;

const address = () => {
  const wanted = [...new FormData(form)].filter(([, value]) => value);
  return `${form.action}?${new URLSearchParams(wanted)}`.replace(/\?$/, "");
};

const takeOver = (page, typing) => {
  if (!page.getElementById("results")) throw new Error("no list came");
  const focused = document.activeElement;
  for (const id of ["active-filters", "results"]) document.getElementById(id).replaceWith(page.getElementById(id));
  for (const fresh of page.querySelectorAll(".filter-group__choice")) {
    const { name, value, checked } = fresh.firstChild;
    const input = form.querySelector(`[name="${name}"][value="${value}"]`);
    input.checked = checked;
    input.parentElement.className = fresh.className;
    input.parentElement.lastChild.textContent = fresh.lastChild.textContent;
  }
  if (!typing) text.value = page.querySelector("#filter-q").value;
  form.elements.sort.value = page.querySelector("#filter-sort").value;
  // The element stays, so that the number is spoken.
  count.textContent = page.querySelector("#result-count").textContent;
  if (!focused.isConnected) count.focus();
};

const show = async (url, { typing = false, back = false } = {}) => {
  clearTimeout(timer);
  request?.abort();
  const mine = request = new AbortController();
  try {
    const response = await fetch(url, { signal: mine.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    takeOver(page, typing);
    // One entry of the history for a text, not one for each letter.
    if (!back) history[typing && history.state?.typing ? "replaceState" : "pushState"]({ typing }, "", url);
    shown = location.search;
  } catch {
    // Stale, or the network failed: what is typed can still be sent, and a link followed.
    if (!mine.signal.aborted && !typing) location.assign(url);
  }
};

const closeGroups = () => form.querySelectorAll("details[open]").forEach((group) => { group.open = false; });

form.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (event.target === text) timer = setTimeout(() => show(address(), { typing: true }), 200);
  else show(address());
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  closeGroups();
  show(address());
});
addEventListener("popstate", () => {
  if (location.search !== shown) show(location.href, { back: true });
});
document.addEventListener("click", (event) => {
  // The choices lie over the list: they close as a menu does.
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
