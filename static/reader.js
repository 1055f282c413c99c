// The reader: contents that follow the scrolling, marks to step through, notes that open.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// ---- Contents -----------------------------------------------------------------------------

const contents = $(".contents");
const places = new Map($$(".contents li a").map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
places.delete(null);

function follow() {
  const line = innerHeight * 0.3;
  const passed = [...places.keys()].filter((heading) => heading.getBoundingClientRect().top < line);
  const current = places.get(passed.at(-1));
  for (const link of places.values()) {
    if (link === current) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  if (!current || contents.scrollHeight <= contents.clientHeight) return;
  const [frame, item] = [contents.getBoundingClientRect(), current.getBoundingClientRect()];
  if (item.top < frame.top + 40 || item.bottom > frame.bottom - 40) {
    contents.scrollTop += item.top - frame.top - frame.height / 3;
  }
}

let due = false;
addEventListener("scroll", () => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; follow(); });
}, { passive: true });
follow();

$("#contents").addEventListener("click", (event) => {
  if (event.target.closest("a") && matchMedia("(max-width: 59.99rem)").matches) event.currentTarget.open = false;
});

// ---- Marks --------------------------------------------------------------------------------

// The units that answer, the best first; of each, the first mark is stepped to.
const marks = ($(".steps")?.dataset.answers || "").split(" ")
  .map((anchor) => document.getElementById(anchor)?.querySelector("mark"))
  .filter(Boolean);
const step = $("#step");
let at = -1;

function go(index, scroll = true) {
  marks[at]?.classList.remove("now");
  at = (index + marks.length) % marks.length;
  const mark = marks[at];
  mark.classList.add("now");
  step.textContent = `${at + 1} of ${marks.length}`;
  if (scroll) mark.scrollIntoView({ block: "center" });
}

function arrive() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.matches("details.note")) target.open = true;
  const first = marks.findIndex((mark) => target.contains(mark));
  if (first >= 0) go(first, false);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button && marks.length) go(at < 0 && button.dataset.step === "-1" ? -1 : at + Number(button.dataset.step));
  const link = event.target.closest(".note-link");
  if (link) document.getElementById(link.hash.slice(1)).open = true;
});
addEventListener("hashchange", arrive);
arrive();
