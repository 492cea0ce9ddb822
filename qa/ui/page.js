// Runs once in each HTML block of the page. Gradio hands in: element, trigger (tells the server), watch.
// A button says what it does in data-do; what only concerns the browser is done here, the rest is the server's.

const sheet = "rq-sheet-open"; // on a narrow screen the pane lies over the page while this class is set
const shelf = "rq-conversation:";
let cameFrom = null;
let usedLast = null;

const acts = {
  cite: (button) => {
    trigger("click", { turn: button.dataset.turn, marker: button.dataset.marker });
    setCurrent(button);
    openSheet(button);
  },
  open: (button) => {
    trigger("click", { report: button.dataset.report });
    openSheet(button);
  },
  figure: (button) => {
    trigger("click", { report: button.dataset.report, position: button.dataset.position });
    setChosen(button);
    openSheet(button);
  },
  search: (button) => trigger("submit", { indicator: button.dataset.indicator }),
  view: (button) => trigger("input", { ...button.dataset }),
  save: (button) => trigger("download", { ...button.dataset }),
  ask: (button) => trigger("submit", { ...button.dataset }),
  drop: (button) => trigger("submit", { ...button.dataset }),
  judge: (button) => {
    const { ask, ...facts } = button.dataset;
    const expected = ask ? window.prompt(ask, "") : "";
    if (expected !== null) trigger("like", { ...facts, expected });
  },
  recall: (button) => {
    const kept = stored(button.dataset.key);
    if (!kept) return;
    openHere(button.dataset.key);
    trigger("expand", { key: button.dataset.key, name: kept.name, content: kept.content });
  },
  rename: (button) => {
    const name = window.prompt(button.dataset.ask, button.dataset.name);
    if (name) trigger("edit", { name });
  },
  forget: (button) => {
    if (!isSure(button)) return;
    keepSafely(() => localStorage.removeItem(`${shelf}${button.dataset.key}`));
    trigger("delete", { key: button.dataset.key });
  },
  language: (button) => {
    const address = new URL(window.location.href);
    address.searchParams.set("lang", button.dataset.language);
    window.history.replaceState(null, "", address);
    trigger("click", { language: button.dataset.language });
  },
  rebuild: (button) => trigger("apply", { ...button.dataset }),
  cancel: () => trigger("stop", {}),
  rollback: (button) => trigger("undo", { build: button.dataset.build }),
  checks: () => trigger("apply", {}),
  remove: (button) => {
    if (isSure(button)) trigger("delete", { file: button.dataset.file });
  },
  describe: (button) => {
    const fields = button.closest("details").querySelectorAll("input[name]");
    trigger("edit", { report: button.dataset.report, ...Object.fromEntries([...fields].map((one) => [one.name, one.value])) });
  },
  paper: (button) => {
    document.body.dataset.rqView = button.dataset.view;
    showView();
    revealMark();
  },
  turn: (button) => turnPage(button.closest(".rq-pager"), Number(button.dataset.step)),
  copy: (button) => copy(button, button.dataset.text),
  copylink: (button) => copy(button, new URL(button.dataset.text, window.location.href).href),
  mention: (button) => goToMention(button.closest(".rq-mentions"), Number(button.dataset.step)),
  copytable: (button) => copy(button, tableText(button.closest("section").querySelector("table"))),
  back: () => {
    document.body.classList.remove(sheet);
    document.dispatchEvent(new CustomEvent("rq-closed"));
  },
  jump: (button) => {
    const paragraphs = element.querySelectorAll(".rq-report > .rq-p");
    scrollTo(paragraphs[Number(button.dataset.paragraph) - 1], 12);
  },
};

// Storage is closed in some offices' browsers, and full in others: the page works without.
function keepSafely(act) {
  try {
    return act();
  } catch (error) {
    return null;
  }
}

function stored(key) {
  return keepSafely(() => JSON.parse(localStorage.getItem(`${shelf}${key}`)));
}

function openHere(key) {
  keepSafely(() => (key ? sessionStorage.setItem("rq-open", key) : sessionStorage.removeItem("rq-open")));
}

function keepConversation(facts) {
  openHere(facts.key);
  if (!facts.key || !facts.content) return;
  const { name, count, content } = facts;
  const text = JSON.stringify({ name, count: Number(count), content, when: Date.now() });
  const write = () => { localStorage.setItem(`${shelf}${facts.key}`, text); return true; };
  const names = () => Object.keys(localStorage).filter((one) => one.startsWith(shelf));
  const oldest = () => names().sort((a, b) => JSON.parse(localStorage[a]).when - JSON.parse(localStorage[b]).when)[0];
  keepSafely(() => { while (names().length > 50) localStorage.removeItem(oldest()); });
  if (!keepSafely(write)) keepSafely(() => { localStorage.removeItem(oldest()); write(); });
}

// What cannot be undone asks once more: the first click changes the words of the button.
function isSure(button) {
  if (button.textContent === button.dataset.sure) return true;
  const label = button.textContent;
  button.textContent = button.dataset.sure;
  setTimeout(() => { button.textContent = label; }, 3000);
  return false;
}

function arriving() {
  const arrived = new URL(window.location.href).searchParams.has("sha") && !document.body.dataset.rqArrived;
  if (arrived) document.body.dataset.rqArrived = "true";
  return arrived;
}

function openSheet(button) {
  cameFrom = button;
  document.body.classList.add(sheet);
  document.dispatchEvent(new CustomEvent("rq-reveal"));
}

// Scrolls the nearest scrolling box alone: scrollIntoView would move the page around it as well.
function scrollTo(target, above) {
  const box = target && target.closest(".rq-scroll");
  if (!box) return;
  box.scrollTop += target.getBoundingClientRect().top - box.getBoundingClientRect().top - above;
}

function setCurrent(chosen) {
  for (const button of element.querySelectorAll('button[data-do="cite"]')) {
    const markers = (button.dataset.markers || button.dataset.marker).split(" ");
    const same = chosen && button.dataset.turn === chosen.dataset.turn && markers.includes(chosen.dataset.marker);
    button.setAttribute("aria-current", same ? "true" : "false");
  }
}

// Goes through the places that mention the same, in a ring.
function goToMention(box, step) {
  const count = Number(box.dataset.count);
  const at = (Number(box.dataset.at) + step + count) % count;
  box.dataset.at = at;
  box.querySelector(".rq-mention-place").textContent = `${at + 1}/${count}`;
  for (const one of element.querySelectorAll(".rq-mention.rq-here")) one.classList.remove("rq-here");
  // Mentions are found in the text: a page that is shown gives way to it.
  document.body.dataset.rqView = "text";
  showView();
  const pieces = element.querySelectorAll(`[data-mention="${at}"]`);
  for (const piece of pieces) piece.classList.add("rq-here");
  if (pieces.length) scrollTo(pieces[0], pieces[0].closest(".rq-scroll").clientHeight / 3);
}

// A figure may stand in the table and in the chart: both show that it is the one that is open.
function setChosen(chosen) {
  for (const one of element.querySelectorAll('[data-do="figure"]')) {
    const same = one.dataset.report === chosen.dataset.report && one.dataset.position === chosen.dataset.position;
    one.classList.toggle("rq-chosen", same);
  }
}

// New HTML drops the focus to the page: it goes back to the button that looks like the one that had it.
function refocus() {
  if (!usedLast || document.activeElement !== document.body) return;
  const same = [...element.querySelectorAll("[data-do]")].find((one) => JSON.stringify(one.dataset) === usedLast);
  if (same) same.focus({ preventScroll: true });
  usedLast = null;
}

// Page or text: the choice holds for all sources until it is made anew. A page that cannot be shown is none.
function showView() {
  const paper = element.querySelector(".rq-paper");
  const failed = Boolean(paper) && paper.classList.contains("rq-failed");
  const text = !paper || failed || document.body.dataset.rqView === "text";
  if (paper) paper.closest(".rq-scroll").classList.toggle("rq-as-page", !text);
  for (const one of element.querySelectorAll('[data-do="paper"]')) {
    one.setAttribute("aria-pressed", String((one.dataset.view === "text") === text));
  }
  const pager = element.querySelector(".rq-pager");
  if (!pager) return;
  pager.hidden = failed;
  pager.querySelector(".rq-pages").hidden = text;
}

function turnPage(pager, step) {
  const page = Math.min(Math.max(Number(pager.dataset.page) + step, 1), Number(pager.dataset.count));
  const box = element.querySelector(".rq-page-box");
  pager.dataset.page = page;
  pager.querySelector(".rq-page-place").textContent = pager.dataset.place.replace("#", page);
  const image = box.querySelector("img");
  image.src = box.dataset.pages + page;
  image.alt = box.dataset.alt.replace("#", page);
  for (const mark of box.querySelectorAll("[data-page]")) mark.hidden = mark.dataset.page !== String(page);
  box.closest(".rq-scroll").scrollTop = 0;
}

function revealMark() {
  const boxes = [...element.querySelectorAll(".rq-as-page .rq-box:not([hidden])")];
  const mark = boxes[0] || element.querySelector("mark");
  if (mark && mark.offsetParent) scrollTo(mark, mark.closest(".rq-scroll").clientHeight / 3);
}

function imageFailed(image) {
  const paper = image.closest(".rq-paper");
  if (paper) paper.classList.add("rq-failed");
  showView();
  revealMark();
}

function changed() {
  showView();
  revealMark();
  refocus();
  const file = element.querySelector(".rq-file-to-save");
  if (file) saveFile(file);
  const kept = element.querySelector(".rq-kept");
  if (kept) keepConversation(kept.dataset);
  // A link to words opens them at once, on a narrow screen as a sheet too; only the first time.
  if (element.querySelector("mark") && arriving()) document.body.classList.add(sheet);
  const turns = element.querySelectorAll(".rq-turn");
  if (turns.length) {
    scrollTo(turns[turns.length - 1], 16);
    // The server opens the first citation of an answer by itself, and none of a refusal.
    setCurrent(turns[turns.length - 1].querySelector(".rq-marker"));
  }
  const page = element.querySelector("[data-page-language]");
  if (page) document.documentElement.lang = page.dataset.pageLanguage;
}

async function copy(button, text) {
  const { copied, failed } = button.dataset;
  const done = (await copyModern(text)) || copyPlain(text);
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  button.textContent = done ? copied : failed;
  setTimeout(() => { button.textContent = label; }, 1200);
}

// Cells parted by tabs: what a spreadsheet takes from the clipboard as a table.
function tableText(table) {
  const cell = (one) => one.textContent.replace(/\s+/g, " ").trim();
  return [...table.rows].map((row) => [...row.cells].map(cell).join("\t")).join("\n");
}

// Saves what the server made. The content lies in the page for this moment only.
function saveFile(file) {
  const bytes = Uint8Array.from(atob(file.dataset.content), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: file.dataset.type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file.dataset.name;
  link.click();
  file.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// navigator.clipboard is there on localhost and https only; office servers are often plain http.
async function copyModern(text) {
  if (!navigator.clipboard || !window.isSecureContext) return false;
  return navigator.clipboard.writeText(text).then(() => true, () => false);
}

function copyPlain(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.appendChild(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// Events of images do not rise: they are caught on their way down. The page has its height only once it is there.
element.addEventListener("load", (event) => { if (event.target.matches(".rq-page")) revealMark(); }, true);
element.addEventListener("error", (event) => { if (event.target.matches(".rq-page")) imageFailed(event.target); }, true);
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button || !Object.hasOwn(acts, button.dataset.do)) return;
  usedLast = JSON.stringify(button.dataset);
  acts[button.dataset.do](button);
});
// The forms of a citation lie over the report: a click elsewhere or Escape puts them away.
document.addEventListener("click", (event) => {
  const open = element.querySelector(".rq-forms[open]");
  if (open && !open.contains(event.target)) open.removeAttribute("open");
});
element.addEventListener("keydown", (event) => {
  const open = element.querySelector(".rq-forms[open]");
  if (event.key === "Escape" && open) {
    open.removeAttribute("open");
    open.querySelector("summary").focus();
    return;
  }
  const point = event.target.closest('g[data-do]');
  if (point && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    acts[point.dataset.do](point);
  }
  if (event.key === "Escape" && document.body.classList.contains(sheet)) acts.back();
});
// "/" leads to the question box from anywhere that takes no words itself. One block listens for the whole page.
if (element.querySelector("[data-page-language]")) {
  document.addEventListener("keydown", (event) => {
    const box = document.querySelector("#rq-question textarea");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || !box || event.target.closest("input, textarea")) return;
    event.preventDefault();
    document.querySelector("#rq-tabs [role=tab]").click();
    setTimeout(() => box.focus(), 50);
  });
}
document.addEventListener("rq-reveal", revealMark);
document.addEventListener("rq-closed", () => {
  if (cameFrom && cameFrom.isConnected) cameFrom.focus();
  cameFrom = null;
});
watch("value", changed);
changed();
