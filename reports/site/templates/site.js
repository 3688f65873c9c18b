"use strict";
// Tables sort and filter; in a frozen file pages are unpacked when they are opened. Nothing is fetched.
(() => {
  const main = document.getElementById("main");

  const sortBy = (head) => {
    const at = [...head.parentNode.children].indexOf(head);
    const up = head.getAttribute("aria-sort") !== "ascending";
    const body = head.closest("table").tBodies[0];
    const numeric = head.classList.contains("n");
    const value = (row) => {
      const cell = row.children[at];
      return numeric && cell.dataset.v ? Number(cell.dataset.v) : cell.textContent.trim();
    };
    const compare = (a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === "" || y === "") return x === y ? 0 : x === "" ? 1 : -1; // what is not known stays below
      const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "zh");
      return up ? order : -order;
    };
    body.append(...[...body.rows].sort(compare));
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
  };

  const filter = (input) => {
    const wanted = input.value.trim().toLowerCase();
    const table = input.closest("section").querySelector("table");
    for (const row of table.tBodies[0].rows) row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
  };

  const save = (button) => {
    const quoted = (text) => {
      const plain = /^[=+\-@\t]/.test(text) && !/^[-+]?[\d.,]+%?$/.test(text) ? "'" + text : text;
      return '"' + plain.replaceAll('"', '""') + '"';
    };
    const section = button.closest("section");
    const rows = [...section.querySelectorAll("tr")].filter((row) => !row.hidden);
    const text = rows.map((row) => [...row.children].map((cell) => quoted(cell.textContent.trim())).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
    link.download = section.querySelector("h2").textContent.trim() + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  document.addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (head) return sortBy(head);
    const button = event.target.closest("button.save");
    if (button) return save(button);
    const jump = event.target.closest("a[data-jump]");
    if (jump) {
      event.preventDefault();
      const heading = document.getElementById("t-" + jump.dataset.jump);
      heading.scrollIntoView({ block: "start" });
      heading.focus({ preventScroll: true });
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("input.filter")) filter(event.target);
  });
  for (const choice of document.querySelectorAll("form.options select")) choice.addEventListener("change", () => choice.form.requestSubmit());

  const chunks = [...document.querySelectorAll("script.pages")];
  if (!chunks.length) return;
  const unpacked = new Map();
  const pagesOf = (chunk) => {
    if (!unpacked.has(chunk)) {
      const bytes = Uint8Array.from(atob(chunk.textContent.trim()), (letter) => letter.charCodeAt(0));
      const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      unpacked.set(chunk, new Response(plain).text().then((text) => JSON.parse(text)));
    }
    return unpacked.get(chunk);
  };
  const show = async () => {
    const number = Number((location.hash.match(/^#p(\d+)$/) || [])[1] ?? 0);
    const chunk = chunks.find((each) => number >= Number(each.dataset.first) && number < Number(each.dataset.first) + Number(each.dataset.count));
    if (!chunk) return;
    main.innerHTML = (await pagesOf(chunk))[number - Number(chunk.dataset.first)];
    for (const link of document.querySelectorAll("header nav a"))
      link.getAttribute("href") === "#p" + number ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    document.title = main.querySelector("h1").textContent + " · " + document.querySelector(".brand").textContent;
    window.scrollTo(0, 0);
  };
  window.addEventListener("hashchange", show);
  show();
})();
