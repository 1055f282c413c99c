// Enhancements of the pages; all of them work without JavaScript.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

function later(wait, act) {
  let timer;
  const call = (...args) => { clearTimeout(timer); timer = setTimeout(act, wait, ...args); };
  call.cancel = () => clearTimeout(timer);
  return call;
}

// ---- Results as you type -------------------------------------------------

const form = $("#search");
const box = $("#q");
const status = $("#status");
let answer = $("#answer");
let running = null;
let drafting = false;

const announce = later(500, (text) => { if (status) status.textContent = text; });

function stated() {
  const ordinary = { sort: "relevance" };
  const pairs = [...new FormData(form)].filter(([name, value]) => value.trim() && ordinary[name] !== value);
  const query = new URLSearchParams(pairs).toString();
  return query ? `${form.getAttribute("action")}?${query}` : "/";
}

async function show(url, { record = "push", typing = false } = {}) {
  running?.abort();
  const mine = running = new AbortController();
  answer.setAttribute("aria-busy", "true");
  let page;
  try {
    const response = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return false;
  }
  const fresh = $("#answer", page);
  if (!fresh) { location.assign(url); return false; }
  if (typing && $(".none", fresh)) {
    // Half a word finds nothing: report that only after a pause in typing.
    await new Promise((rested) => { setTimeout(rested, 700); });
    if (mine.signal.aborted) return false;
  }
  if (record !== "none" && url !== location.pathname + location.search) {
    history[`${record}State`](null, "", url);
  }
  swap(document.adoptNode(fresh));
  document.title = page.title;
  announce(page.title.split(" · ")[0]);
  return true;
}

function swap(fresh) {
  hideCard();
  const held = answer.contains(document.activeElement) ? document.activeElement.id : "";
  for (const open of $$("details[id][open]", answer)) {
    const twin = fresh.querySelector(`#${CSS.escape(open.id)}`);
    if (twin) twin.open = true;
  }
  answer.replaceWith(fresh);
  answer = fresh;
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
}

function commit(url) {
  drafting = false;
  follow.cancel();
  return show(url, { record: "push" });
}

const follow = later(60, () => {
  show(stated(), { record: drafting ? "replace" : "push", typing: true });
  drafting = true;
});

function plain(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

if (form && answer) {
  box.addEventListener("input", follow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    commit(stated());
  });
  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target !== box) commit(stated());
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !answer.contains(link) || !plain(event) || link.origin !== location.origin) return;
    if (link.pathname !== "/search" && link.pathname !== "/") return;
    event.preventDefault();
    const paging = link.closest(".pages");
    box.value = new URLSearchParams(link.search).get("q") ?? "";
    if (await commit(link.pathname + link.search) && paging) {
      scrollTo(0, 0);
      const total = $("#total");
      total?.setAttribute("tabindex", "-1");
      total?.focus({ preventScroll: true });
    }
  });
  addEventListener("popstate", () => {
    drafting = false;
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    show(location.pathname + location.search, { record: "none" });
  });
}

// ---- Suggestions: a combobox as in the ARIA patterns ---------------------------

if (box) {
  const list = make("ul", { id: "options", className: "options", role: "listbox", hidden: true });
  list.setAttribute("aria-label", "Suggestions");
  box.parentElement.append(list);
  const states = { role: "combobox", "aria-expanded": "false", "aria-controls": "options", "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(states)) box.setAttribute(name, value);
  let found = [];
  let active = -1;
  let asking = null;

  const open = (yes) => {
    list.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
    if (!yes) point(-1);
  };
  const point = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  };
  const choose = ({ value, url, kind }) => {
    open(false);
    ask.cancel();
    if (url.startsWith("/") && kind !== "concept" && kind !== "author") { location.assign(url); return; }
    box.value = value;
    commit(stated());
  };
  const ask = later(90, async () => {
    asking?.abort();
    asking = new AbortController();
    const text = box.value.trim();
    if (text.length < 2) { open(false); return; }
    try {
      const response = await fetch(`/api/suggest?${new URLSearchParams({ q: text })}`, { signal: asking.signal });
      found = response.ok ? (await response.json()).suggestions : [];
    } catch { return; }
    list.replaceChildren(...found.map((suggestion, index) => {
      const option = make("li", { id: `option-${index}`, role: "option", ariaSelected: "false" });
      option.append(make("span", { textContent: suggestion.text }), make("span", { textContent: suggestion.label }));
      return option;
    }));
    active = -1;
    open(found.length > 0 && document.activeElement === box);
  });

  box.addEventListener("input", ask);
  box.addEventListener("blur", () => open(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index >= 0) choose(found[index]);
  });
  form.addEventListener("submit", () => { ask.cancel(); asking?.abort(); open(false); });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      if (list.hidden) open(true);
      const size = found.length + 1;
      point((active + 1 + step + size) % size - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    } else if (event.key === "Escape" && box.value) {
      event.preventDefault();
      box.value = "";
      follow();
    }
  });
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    const field = box ?? $("#find");
    if (field) { field.focus(); field.select(); } else location.assign("/");
  } else if (event.key === "Escape") {
    hideCard();
    for (const pane of $$(".chip details[open]")) pane.open = false;
  }
});
document.addEventListener("click", (event) => {
  for (const pane of $$(".chip details[open]")) if (!pane.contains(event.target)) pane.open = false;
});

// ---- Years: two sliders, or dragging over the bars ----------------------------

function years(low, high) {
  const group = $(".years");
  const [first, last] = [Number(group.dataset.first), Number(group.dataset.last)];
  low = Math.max(first, Math.min(low, last));
  high = Math.min(last, Math.max(high, first));
  $("#range-from").value = low;
  $("#range-to").value = high;
  $("#year_from").value = low > first ? low : "";
  $("#year_to").value = high < last ? high : "";
  for (const bar of $$("g[data-year]", group)) {
    const outside = bar.dataset.year < low || bar.dataset.year > high;
    $(".bar", bar)?.classList.toggle("left-out", outside);
  }
}

function yearAt(bars, x) {
  const area = bars.getBoundingClientRect();
  const count = $$("g", bars).length;
  const index = Math.floor((x - area.left) / area.width * count);
  return Number($(".years").dataset.first) + Math.max(0, Math.min(count - 1, index));
}

document.addEventListener("input", ({ target }) => {
  const [from, to] = [$("#range-from"), $("#range-to")];
  if (target === from) years(Math.min(from.value, to.value), Number(to.value));
  if (target === to) years(Number(from.value), Math.max(from.value, to.value));
});
document.addEventListener("change", ({ target }) => {
  if (target.id === "range-from" || target.id === "range-to") commit(stated());
});
document.addEventListener("pointerdown", (event) => {
  const bars = event.target.closest?.(".years .bars");
  if (!bars || event.button !== 0) return;
  const start = yearAt(bars, event.clientX);
  const draw = (move) => {
    const end = yearAt(bars, move.clientX);
    years(Math.min(start, end), Math.max(start, end));
  };
  draw(event);
  addEventListener("pointermove", draw);
  addEventListener("pointerup", () => {
    removeEventListener("pointermove", draw);
    commit(stated());
  }, { once: true });
});

// ---- Cards of cited references ----------------------------------------------------------

const card = make("div", { id: "card", className: "card", hidden: true, role: "group", ariaLabel: "Cited reference" });
const fetched = new Map();
let owner = null;

function entry(base, number) {
  const local = $(`#ref-${number} [data-card]`);
  if (local) return local.cloneNode(true);
  const address = `${base}/references/${number}`;
  if (!fetched.has(address)) {
    fetched.set(address, fetch(address).then((response) => response.text())
      .then((text) => $("[data-card]", new DOMParser().parseFromString(text, "text/html"))));
  }
  return fetched.get(address).then((found) => found?.cloneNode(true));
}

async function showCard(link) {
  owner?.removeAttribute("aria-describedby");
  owner = link;
  const base = link.getAttribute("href").startsWith("#") ? location.pathname : link.pathname.replace(/\/references\/\d+$/, "");
  const parts = await Promise.all(link.dataset.refs.split(" ").slice(0, 12).map((number) => entry(base, number))).catch(() => []);
  if (owner !== link || !link.isConnected || !parts.some(Boolean)) return;
  card.replaceChildren(...parts.filter(Boolean).map((part) => document.adoptNode(part)));
  (link.closest(".scroll") ?? link).after(card);
  link.setAttribute("aria-describedby", "card");
  card.hidden = false;
  place(link);
}

function place(link) {
  const at = link.getBoundingClientRect();
  const margin = $("#margin")?.getBoundingClientRect();
  const beside = margin?.width > 180;
  card.classList.toggle("beside", beside);
  card.style.width = beside ? `${margin.width}px` : "";
  const size = card.getBoundingClientRect();
  const ground = (card.offsetParent ?? document.body).getBoundingClientRect();
  let left = beside ? margin.left : Math.min(at.left, document.documentElement.clientWidth - size.width - 16);
  let top = beside ? Math.min(at.top, innerHeight - size.height - 16) : at.bottom + 6;
  if (!beside && top + size.height > innerHeight && at.top > size.height + 6) top = at.top - size.height - 6;
  left = Math.max(left, beside ? left : 16);
  card.style.left = `${left - ground.left}px`;
  card.style.top = `${top - ground.top}px`;
}

function hideCard() {
  appear.cancel();
  owner?.removeAttribute("aria-describedby");
  owner = null;
  card.hidden = true;
  card.remove();
}

const appear = later(120, showCard);
const vanish = later(300, () => {
  // A card in the margin covers nothing: keep it, so that the pointer can reach it.
  if (!card.classList.contains("beside") || !owner?.isConnected) hideCard();
});
const within = (target) => target instanceof Element && (card.contains(target) || (owner?.contains(target) ?? false));

for (const [kind, act] of [["pointerover", appear], ["focusin", showCard]]) {
  document.addEventListener(kind, (event) => {
    const link = event.target.closest?.("a[data-refs]");
    if (within(event.target)) vanish.cancel();
    else if (link && !card.contains(link) && event.pointerType !== "touch") { vanish.cancel(); act(link); }
    else { appear.cancel(); if (owner && (kind === "focusin" || !card.contains(document.activeElement) && owner !== document.activeElement)) vanish(); }
  });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-refs]");
  if (!link || event.pointerType !== "touch" || owner === link || card.contains(link)) return;
  event.preventDefault();
  showCard(link);
}, true);

// ---- Copying ----------------------------------------------------------------------------

const said = make("p", { className: "said", role: "status" });
document.body.append(said);
const unsay = later(1800, () => { said.textContent = ""; });

function copied(button) {
  if (button.dataset.copy === "text") return button.dataset.text;
  const unit = button.closest("[data-card], [data-source]");
  const texts = $$(".entry, .passage, .caption, .words", unit).map((part) => part.textContent.trim()).filter(Boolean);
  const text = texts.join(" · ").replace(/^…\s|\s…$/g, "");
  if (button.dataset.copy === "entry") {
    return [text, ...$$("[data-notice]", unit).map((notice) => `${notice.dataset.notice}.`)].join(" ");
  }
  const about = `[data-note="${unit.id}"], [data-retraction="${unit.id}"]`;
  const notes = $$(about, unit.id ? document : unit).map((note) => {
    const told = note.textContent.trim();
    return "note" in note.dataset ? `[Editorial note: ${told}]` : `[${told}]`;
  });
  return [`“${text}”`, ...notes, unit.dataset.source].join("\n");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  hideCard();
  const text = copied(button);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { value: text, className: "unseen" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  said.textContent = "Copied";
  unsay();
});

const more = $("main").dataset.script;
if (more) import(more);
