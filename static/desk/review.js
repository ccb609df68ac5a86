// Saves steps on the review page: Ctrl+Enter sends the form one types in, and nobody leaves
// with something typed elsewhere on the page unsent.
let sent = null;

const unsent = () =>
  [...document.querySelectorAll(".review textarea")].some(
    (box) => box.form !== sent && box.value !== box.defaultValue,
  );

document.addEventListener("keydown", (event) => {
  const box = event.target.closest(".review textarea");
  if (box && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    box.form.requestSubmit(box.form.querySelector("button"));
  }
});
document.addEventListener("submit", (event) => {
  sent = event.target;
});
window.addEventListener("beforeunload", (event) => {
  if (unsent()) {
    event.preventDefault();
  }
  sent = null;
});
