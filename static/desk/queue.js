// The queue by keyboard: a letter chooses for the comment one is on, j and k go on and back.
// Letters count only while a comment has the focus and nothing is being typed.
(() => {
  const form = document.querySelector("form.sheet");
  const rows = [...(form?.querySelectorAll("fieldset.held") ?? [])];
  if (!rows.length) return;

  document.querySelector(".keys").hidden = false;
  for (const row of rows) row.tabIndex = -1;

  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const isTyping = () => document.activeElement.matches("input:not([type=radio], [type=checkbox]), select, textarea");

  function go(place) {
    const row = rows[Math.min(Math.max(place, 0), rows.length - 1)];
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "start" });
  }

  function choose(row, key) {
    const choice = row.querySelector(`input[data-key="${key}"]`);
    if (!choice) return false;
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    if (key === "r") row.querySelector("select").focus();
    else go(rows.indexOf(row) + 1);
    return true;
  }

  function mark() {
    for (const row of rows) row.dataset.chosen = row.querySelector("input[data-key]:checked")?.value ?? "leave";
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const place = here();
    if (event.key === "Escape" && place >= 0) {
      go(place);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || place < 0 || isTyping()) return;
    if (event.key === "j") go(place + 1);
    else if (event.key === "k") go(place - 1);
    else if (event.key === "u") document.querySelector("form.undo button")?.click();
    else if (!choose(rows[place], event.key)) return;
    event.preventDefault();
  });
  form.addEventListener("change", mark);
  mark();
  if (!document.querySelector("[autofocus]")) rows[0].focus({ preventScroll: true });
})();
