// Saves steps on the review page: Ctrl+Enter sends the form one types in, one save saves every
// rendering that was typed, and nobody leaves with something else on the page unsent.
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

document.addEventListener("keydown", (event) => {
  const box = event.target.closest(".review textarea");
  if (box && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    box.form.requestSubmit(box.form.querySelector("button"));
  }
});
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
