// Saves steps in the ledger: rows are dragged, or moved with the arrow keys from their handle.
// Nothing is sent before "Save the new order" is pressed; without this there are numbers.
const form = document.getElementById("arrange");
const body = form?.querySelector("tbody");
const bar = form?.querySelector(".dragged");
const status = form?.querySelector("[role=status]");

if (body && bar) {
  const rows = () => [...body.rows];
  const first = Number(rows()[0].id.replace("place-", ""));
  let held = null;

  // Written when it is sent: what is on the page by then is the order.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "order") {
      form.elements.order.value = rows().map((row) => row.dataset.row).join(",");
    }
  });

  const say = (row) => {
    bar.hidden = false;
    status.textContent = status.dataset.moved.replace("%s", first + rows().indexOf(row));
  };

  for (const row of rows()) {
    const handle = row.querySelector(".handle");
    handle.hidden = false;
    handle.addEventListener("keydown", (event) => {
      const beside = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      if (!beside) return;
      if (event.key === "ArrowUp") beside.before(row);
      else beside.after(row);
      handle.focus();
      say(row);
    });
    // Only from the handle: text in a row can still be selected.
    handle.addEventListener("pointerdown", () => { row.draggable = true; });
    row.addEventListener("dragstart", (event) => {
      held = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      row.classList.add("in-hand");
    });
    row.addEventListener("dragover", (event) => {
      if (!held || held === row) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) row.before(held);
      else row.after(held);
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    row.addEventListener("dragend", () => {
      row.classList.remove("in-hand");
      row.draggable = false;
      if (held) say(held);
      held = null;
    });
  }
}
