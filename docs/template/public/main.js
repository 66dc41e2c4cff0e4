// What docfx's modern template leaves out for people who cannot see the page or use a mouse: names of landmarks, roles, the order of
// headings, and parts that scroll, which the keyboard must reach. The template draws its navigation late, so every change is looked at.
const attributes = [
  ["#autocollapse", { "aria-label": "Site" }],
  ["#toc", { "aria-label": "Section" }],
  ["#breadcrumb", { "aria-label": "Breadcrumb" }],
  ["#affix", { "aria-label": "In this article" }],
  ["#affix h5", { role: "heading", "aria-level": "2" }],
  ["#tocOffcanvasLabel", { role: "heading", "aria-level": "2" }],
  ["#logo", { alt: "" }],
  ["a.dropdown-toggle:not([href])", { role: "button", tabindex: "0" }],
  ["pre code, .table-responsive", { tabindex: "0" }],
];

function complete() {
  for (const [selector, values] of attributes) {
    for (const element of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(values)) {
        if (element.getAttribute(name) !== value) element.setAttribute(name, value);
      }
    }
  }
}

complete();
new MutationObserver(complete).observe(document.body, { childList: true, subtree: true });

export default {};
