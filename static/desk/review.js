// Saves steps on the review page: letters are keys, Ctrl+Enter sends the form one types in, one
// save saves every rendering that was typed, and nobody leaves with something else unsent.
const pairs = [...document.querySelectorAll(".review .pair")];
const keysOn = document.querySelector(".review .keys-on");
const MEMORY = "review.keys";
let sent = null;

const typed = (selector) =>
  [...document.querySelectorAll(`.review ${selector}`)].filter(
    (box) => box.value !== box.defaultValue,
  );
const unsent = () => typed("textarea").some((box) => box.form !== sent);

// Saves the other renderings one by one, and returns those that were not taken.
async function saveOthers(boxes) {
  const refused = [];
  for (const box of boxes) {
    const data = new FormData(box.form);
    data.set("do", "save");
    const answer = await fetch(location.href, { method: "POST", body: data, redirect: "manual" })
      .catch(() => null);
    if (answer?.type === "opaqueredirect") box.defaultValue = box.value;
    else refused.push(box);
  }
  return refused;
}

const here = () =>
  document.activeElement?.closest(".pair") ?? pairs.find((pair) => pair.matches(":target"));

const go = (pair) => {
  if (pair) {
    pair.scrollIntoView({ block: "start" });
    pair.focus({ preventScroll: true });
  }
};

const step = (by) => {
  const at = pairs.indexOf(here());
  go(pairs[at < 0 ? 0 : Math.min(Math.max(at + by, 0), pairs.length - 1)]);
};

// Opens a part of the passage one is at, and puts the cursor into its box.
const write = (part) => {
  const details = here()?.querySelector(`details.${part}`);
  const box = details?.querySelector("textarea");
  if (box) {
    details.open = true;
    box.focus();
  }
};

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  w: () => {
    const waiting = pairs.filter((pair) => !pair.matches(".accepted"));
    const at = pairs.indexOf(here());
    go(waiting.find((pair) => pairs.indexOf(pair) > at) ?? waiting[0]);
  },
  a: () => here()?.querySelector("form.accept button")?.click(),
  e: () => write("edit"),
  b: () => write("send-back"),
  n: () => write("notes"),
};

// Where the keyboard writes other letters, a key means the Latin one that is printed on it.
const letterOf = ({ key, code }) =>
  (/^\p{L}$/u.test(key) && key > "\x7f" ? code.replace(/^Key/, "") : key).toLowerCase();

document.addEventListener("keydown", (event) => {
  const box = event.target.closest("input, select, textarea");
  if (box) {
    if (!box.matches(".review textarea")) {
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      box.form.requestSubmit(box.form.querySelector("button"));
    } else if (event.key === "Escape") {
      go(box.closest(".pair"));
    }
    return;
  }
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
  const act = isPlain && keysOn?.checked && KEYS[letterOf(event)];
  if (act) {
    event.preventDefault();
    act();
  }
});

if (keysOn) {
  keysOn.closest("details").hidden = false;
  keysOn.checked = localStorage.getItem(MEMORY) !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem(MEMORY, keysOn.checked ? "on" : "off");
  });
}
// After a passage was done with, the keys go on from the one the page arrives at.
const arrived = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (arrived?.matches(".pair, .onward")) {
  arrived.focus({ preventScroll: true });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  sent = form;
  const others = typed(".edit textarea").filter((box) => box.form !== form);
  if (event.submitter?.value !== "save" || !others.length) return;
  event.preventDefault();
  const { submitter } = event;
  submitter.disabled = true;
  const refused = await saveOthers(others);
  submitter.disabled = false;
  if (refused.length) {
    sent = null;
    const [box] = refused;
    box.closest("details").open = true;
    box.form.noValidate = true; // Its own button sends it all the same.
    box.setCustomValidity(box.closest(".review").dataset.refused);
    box.reportValidity();
  } else {
    form.requestSubmit(submitter);
  }
});
window.addEventListener("beforeunload", (event) => {
  if (unsent()) {
    event.preventDefault();
  }
  sent = null;
});
