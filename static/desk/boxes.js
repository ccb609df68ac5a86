// Saves steps on a document's page: a box drawn with the pointer fills in the number fields, and
// the fields show at once where their box lies.
const drawing = document.querySelector(".drawing");
const form = document.querySelector(".beside form");
const layer = drawing.querySelector("g");
const total = form.querySelector("[name$=TOTAL_FORMS]");
const most = Number(form.querySelector("[name$=MAX_NUM_FORMS]").value);
const SIDES = ["x", "y", "w", "h"];

const rows = () => [...form.querySelectorAll("tbody tr")];
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const isEmpty = (row) => SIDES.every((side) => field(row, side).value === "");

function rectangle({ x, y, w, h }, kind) {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const attributes = { x: `${x}%`, y: `${y}%`, width: `${w}%`, height: `${h}%`, class: kind };
  for (const [name, value] of Object.entries(attributes)) {
    rect.setAttribute(name, value);
  }
  return rect;
}

function show(...more) {
  const boxes = rows()
    .filter((row) => !isEmpty(row) && !field(row, "DELETE").checked)
    .map((row) => {
      const box = Object.fromEntries(SIDES.map((side) => [side, Number(field(row, side).value)]));
      return rectangle(box, field(row, "what").value === "black" ? "black" : "place");
    });
  layer.replaceChildren(...boxes, ...more);
}

function emptyRow() {
  const found = rows().find(isEmpty);
  if (found || Number(total.value) >= most) {
    return found;
  }
  const template = document.querySelector("#empty-row").innerHTML;
  const body = form.querySelector("tbody");
  body.insertAdjacentHTML("beforeend", template.replaceAll("__prefix__", total.value));
  total.value = Number(total.value) + 1;
  return body.lastElementChild;
}

// Where the pointer is, in hundredths of the page.
function point(event) {
  const frame = drawing.getBoundingClientRect();
  const part = (at, start, size) => Math.min(100, Math.max(0, ((at - start) / size) * 100));
  return [
    part(event.clientX, frame.left, frame.width),
    part(event.clientY, frame.top, frame.height),
  ];
}

function between([left, top], [right, bottom]) {
  const box = {
    x: Math.min(left, right),
    y: Math.min(top, bottom),
    w: Math.abs(left - right),
    h: Math.abs(top - bottom),
  };
  return Object.fromEntries(SIDES.map((side) => [side, Math.round(box[side] * 100) / 100]));
}

let start = null;
drawing.addEventListener("pointerdown", (event) => {
  if (event.button === 0) {
    start = point(event);
    drawing.setPointerCapture(event.pointerId);
    event.preventDefault();
  }
});
drawing.addEventListener("pointermove", (event) => {
  if (start) {
    show(rectangle(between(start, point(event)), "black"));
  }
});
drawing.addEventListener("pointercancel", () => {
  start = null;
  show();
});
drawing.addEventListener("pointerup", (event) => {
  const box = start && between(start, point(event));
  start = null;
  const row = box && box.w > 0.2 && box.h > 0.2 && emptyRow();
  if (row) {
    SIDES.forEach((side) => {
      field(row, side).value = box[side];
    });
    field(row, "what").focus();
  }
  show();
});
form.addEventListener("input", () => show());
drawing.classList.add("ready");
show();
