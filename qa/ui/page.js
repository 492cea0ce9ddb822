// Runs once in each HTML block of the page. Gradio hands in: element, trigger (tells the server), watch.
// A button says what it does in data-do; what only concerns the browser is done here, the rest is the server's.

const sheet = "rq-sheet-open"; // on a narrow screen the pane lies over the page while this class is set
let cameFrom = null;

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
  ask: (button) => trigger("submit", { question: button.dataset.question }),
  language: (button) => {
    const address = new URL(window.location.href);
    address.searchParams.set("lang", button.dataset.language);
    window.history.replaceState(null, "", address);
    trigger("click", { language: button.dataset.language });
  },
  copy: (button) => copy(button),
  back: () => {
    document.body.classList.remove(sheet);
    document.dispatchEvent(new CustomEvent("rq-closed"));
  },
  jump: (button) => {
    const paragraphs = element.querySelectorAll(".rq-report > .rq-p");
    scrollTo(paragraphs[Number(button.dataset.paragraph) - 1], 12);
  },
};

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

function revealMark() {
  const mark = element.querySelector("mark");
  if (mark) scrollTo(mark, mark.closest(".rq-scroll").clientHeight / 3);
}

function changed() {
  revealMark();
  const turns = element.querySelectorAll(".rq-turn");
  if (turns.length) {
    scrollTo(turns[turns.length - 1], 16);
    // The server opens the first citation of an answer by itself, and none of a refusal.
    setCurrent(turns[turns.length - 1].querySelector(".rq-marker"));
  }
  const page = element.querySelector("[data-page-language]");
  if (page) document.documentElement.lang = page.dataset.pageLanguage;
}

async function copy(button) {
  const { text, copied, failed } = button.dataset;
  const done = (await copyModern(text)) || copyPlain(text);
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  button.textContent = done ? copied : failed;
  setTimeout(() => { button.textContent = label; }, 1200);
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

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button && Object.hasOwn(acts, button.dataset.do)) acts[button.dataset.do](button);
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains(sheet)) acts.back();
});
document.addEventListener("rq-reveal", revealMark);
document.addEventListener("rq-closed", () => {
  if (cameFrom && cameFrom.isConnected) cameFrom.focus();
  cameFrom = null;
});
watch("value", changed);
changed();
