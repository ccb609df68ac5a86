// The desk saves steps: it asks before typed words get lost, and names what has no name.
(() => {
  let changed = false;
  let saving = false;

  document.addEventListener("input", (event) => {
    changed ||= Boolean(event.target.closest(".workbench-form form"));
  });
  document.addEventListener("submit", (event) => {
    saving ||= Boolean(event.target.closest(".workbench-form"));
  });
  addEventListener("beforeunload", (event) => {
    if (changed && !saving) event.preventDefault();
  });

  // The editor looks for this element before it writes styles of its own, which the policy would
  // block: it does not know this page's nonce. What it would write stands in desk/editor.css.
  const { nonce } = document.currentScript;
  if (nonce) {
    const styled = document.createElement("style");
    styled.nonce = nonce;
    styled.dataset.tiptapStyle = "";
    document.head.append(styled);
  }

  // The words by which a field is called: its label's, or those over its column.
  function called(field) {
    const label = field.labels?.[0] ?? document.querySelector(`label[for="${field.id}"]`);
    const cell = field.closest("td");
    const column = cell && cell.closest("table").tHead?.rows[0].cells[cell.cellIndex];
    return (label ?? column)?.textContent.trim().replace(/:$/, "") ?? "";
  }

  function label(root) {
    for (const area of root.querySelectorAll("textarea[data-django-prose-editor-configurable]")) {
      const editor = area.closest(".prose-editor")?.querySelector(".tiptap");
      editor?.setAttribute("aria-label", called(area));
    }
    for (const choice of root.querySelectorAll("select.admin-autocomplete")) {
      const box = choice.nextElementSibling?.querySelector("[role=combobox]");
      const chosen = choice.selectedOptions[0]?.textContent.trim();
      box?.removeAttribute("aria-labelledby");
      for (const part of box?.querySelectorAll("[role=textbox][aria-readonly], ul") ?? []) {
        part.setAttribute("role", "presentation");
        part.removeAttribute("aria-readonly");
      }
      box?.setAttribute("aria-label", [called(choice), chosen].filter(Boolean).join(": "));
      const field = choice.nextElementSibling?.querySelector(".select2-search__field");
      field?.setAttribute("aria-label", called(choice));
    }
    for (const field of root.querySelectorAll(".tabular :is(input, select, textarea)")) {
      if (field.type !== "hidden" && !field.labels?.length) {
        field.setAttribute("aria-label", called(field));
      }
    }
    for (const empty of root.querySelectorAll(".inline-group th:empty")) {
      const cell = document.createElement("td");
      cell.className = empty.className;
      empty.replaceWith(cell);
    }
  }

  addEventListener("load", () => {
    // What draws the choices runs when jQuery says so, which may be later than this.
    const ready = globalThis.django?.jQuery ?? ((run) => run());
    ready(() => label(document));
    document.addEventListener("formset:added", (event) => setTimeout(() => label(event.target), 0));
    globalThis.django?.jQuery(document).on("select2:select select2:clear", (event) =>
      setTimeout(() => label(event.target.parentElement), 0),
    );
  });
})();
