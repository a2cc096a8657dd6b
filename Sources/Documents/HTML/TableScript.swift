/// The script that makes tables sortable, filterable and paged.
///
/// It needs nothing but the page, touches nothing outside its document, and may run any number of times.
enum TableScript {
  /// The script for the elements of class `scope`.
  static func text(scope: String) -> String {
    source.split(separator: "SCOPE", maxSplits: 1, omittingEmptySubsequences: false).joined(separator: scope)
  }

  // No `<` may be followed by `/` or `!` here: the text stands inside a script element.
  private static let source = #"""

    (() => {
    "use strict";
    for (const root of document.querySelectorAll(".SCOPE")) {
      if (root.octetReady) continue;
      root.octetReady = true;
      root.querySelectorAll(".octet-table").forEach(enhance);
    }
    function make(parent, tag, properties) {
      const element = Object.assign(document.createElement(tag), properties);
      parent.append(element);
      return element;
    }
    function natural(a, b) {
      const x = a.match(/\d+|\D/gu) || [], y = b.match(/\d+|\D/gu) || [];
      for (let i = 0; i < x.length && i < y.length; i++) {
        let p = x[i], q = y[i];
        if (/\d/.test(p) && /\d/.test(q)) {
          p = p.replace(/^0+/, ""); q = q.replace(/^0+/, "");
          if (p.length !== q.length) return p.length - q.length;
          if (p !== q) return p < q ? -1 : 1;
        } else if (p !== q) return p.codePointAt(0) - q.codePointAt(0);
      }
      return x.length - y.length;
    }
    function enhance(box) {
      box.querySelectorAll(".octet-tools,.octet-pages").forEach(e => e.remove());
      const table = box.querySelector("table"), body = table.tBodies[0];
      const heads = Array.from(table.tHead.rows[0].cells), rest = box.querySelector(".octet-rest");
      if (rest) {
        body.append(...Array.from(rest.querySelector("table").tBodies[0].rows));
        rest.remove();
      }
      let rows = Array.from(body.rows), found = rows, page = 0, size = +box.dataset.page || 25;
      const total = rows.length, columns = heads.filter(h => h.dataset.id);
      const quiet = e => e.setAttribute("data-lm-suppress-shortcuts", "true");
      const words = cell => {
        const first = cell.firstChild, picture = cell.querySelector(":scope>a>img");
        if (!first) return "";
        return (first.nodeType === 3 ? first.data : picture ? picture.alt : cell.textContent).trim();
      };
      const key = (row, index) => {
        const cell = row.cells[index], v = cell.getAttribute("data-v");
        if (v === "") return null;
        return heads[index].hasAttribute("data-number") ? +(v === null ? words(cell) : v) : words(cell);
      };
      const text = row => columns.map((_, i) => row.cells[i].textContent).join(" ").toLowerCase();
      const count = n => n.toLocaleString("en") + " " + (n === 1 ? box.dataset.one : box.dataset.many);
      const title = head => (head.querySelector("button") || head).textContent.trim();

      let filter = null, only = null, pages = null;
      if (total > 12 || box.dataset.flag && total > 1) {
        const tools = document.createElement("div");
        tools.className = "octet-tools";
        quiet(tools);
        table.before(tools);
        const number = columns.find(h => h.hasAttribute("data-number") && h.hasAttribute("aria-sort")) ||
          columns.find(h => h.hasAttribute("data-number") && h.align === "right") ||
          columns.find(h => h.hasAttribute("data-number"));
        filter = make(tools, "input", {type: "search", placeholder: number ?
          "Filter: words, or " + number.dataset.id + ">0" : "Filter"});
        filter.setAttribute("aria-label", "Filter " + box.dataset.many);
        filter.addEventListener("input", refresh);
        if (box.dataset.flag) {
          const label = make(tools, "label", {});
          only = make(label, "input", {type: "checkbox"});
          label.append(box.dataset.flag);
          only.addEventListener("change", refresh);
        }
      }
      let untouched = !box.querySelector(".octet-count");
      const status = box.querySelector(".octet-count") || make(box, "p", {className: "octet-quiet octet-count"});
      status.setAttribute("aria-live", "polite");
      if (total > size) {
        pages = document.createElement("div");
        pages.className = "octet-pages";
        quiet(pages);
        status.before(pages);
        const back = make(pages, "button", {type: "button", textContent: "Previous"});
        const next = make(pages, "button", {type: "button", textContent: "Next"});
        pages.back = back; pages.next = next;
        back.addEventListener("click", () => { page--; render(); });
        next.addEventListener("click", () => { page++; render(); });
        const label = make(pages, "label", {textContent: "Rows "}), choice = make(label, "select", {});
        const sizes = [...new Set([10, 25, 50, 100, size])].sort((a, b) => a - b).filter(n => n < total);
        for (const n of sizes) make(choice, "option", {value: n, textContent: n, selected: n === size});
        make(choice, "option", {value: total, textContent: "all", selected: size >= total});
        choice.addEventListener("change", () => { page = 0; size = +choice.value; render(); });
      }
      columns.forEach((head, index) => {
        quiet(head);
        const button = head.querySelector("button") || document.createElement("button");
        if (!button.isConnected) {
          button.type = "button";
          button.append(...head.childNodes);
          head.append(button);
        }
        button.addEventListener("click", () => {
          const down = head.getAttribute("aria-sort") === "ascending", sign = down ? -1 : 1;
          heads.forEach(h => h.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
          rows = rows.map(row => [key(row, index), row]).sort((a, b) => {
            const x = a[0], y = b[0];
            if (x === null || y === null) return (x === null) - (y === null);
            return sign * (typeof x === "number" ? (x > y) - (y > x) : natural(x, y));
          }).map(pair => pair[1]);
          refresh();
        });
      });
      body.addEventListener("toggle", event => {
        const fold = event.target;
        if (!fold.classList.contains("octet-unfold")) return;
        const row = fold.octetRow || (fold.octetRow = fold.closest("tr"));
        if (fold.open && !row.octetExtra) {
          const extra = document.createElement("tr");
          extra.className = "octet-extra";
          make(extra, "td", {colSpan: heads.length}).append(fold.querySelector("div"));
          row.octetExtra = extra;
          row.after(extra);
        } else if (!fold.open && row.octetExtra) {
          fold.append(row.octetExtra.cells[0].firstChild);
          row.octetExtra.remove();
          row.octetExtra = null;
        }
        row.classList.toggle("octet-open", fold.open);
      }, true);
      body.querySelectorAll("summary").forEach(quiet);

      function term(word) {
        const m = word.match(/^([^<>=!]+)(<=|>=|!=|=|<|>)(.+)$/), name = m && m[1];
        const head = m && (columns.find(h => h.dataset.id.toLowerCase() === name) ||
          columns.find(h => h.dataset.id.toLowerCase().startsWith(name)));
        if (!head) return row => text(row).includes(word);
        const index = heads.indexOf(head), isNumber = head.hasAttribute("data-number");
        const b = isNumber ? parseFloat(m[3]) / (m[3].endsWith("%") ? 100 : 1) : m[3];
        return row => {
          let a = key(row, index);
          if (a === null) return false;
          if (!isNumber) a = a.toLowerCase();
          const order = isNumber ? (a > b) - (b > a) : natural(a, b);
          if (isNumber && isNaN(b)) return false;
          return {"<": order < 0, ">": order > 0, "=": order === 0, "!=": order !== 0,
            "<=": order <= 0, ">=": order >= 0}[m[2]];
        };
      }
      function refresh() {
        const typed = filter ? filter.value.toLowerCase().replace(/\s*(<=|>=|!=|=|<|>)\s*/g, "$1").trim() : "";
        const terms = typed.split(/\s+/).filter(w => w && w !== "and").map(term);
        found = rows.filter(row => (!only || !only.checked || row.classList.contains("octet-flagged")) &&
          terms.every(t => t(row)));
        page = 0;
        render();
      }
      function render() {
        const last = Math.max(Math.ceil(found.length / size) - 1, 0);
        page = Math.min(Math.max(page, 0), last);
        const start = page * size, view = found.slice(start, start + size);
        body.replaceChildren(...view.flatMap(row => row.octetExtra ? [row, row.octetExtra] : [row]));
        if (pages) {
          pages.back.disabled = page === 0;
          pages.next.disabled = page === last;
        }
        if (untouched) { untouched = false; return; }
        const head = heads.find(h => h.hasAttribute("aria-sort"));
        const all = total + +(box.dataset.cut || 0), down = head && head.getAttribute("aria-sort") === "descending";
        status.textContent = (found.length === all ? "" : found.length.toLocaleString("en") + " of ") + count(all) +
          (head ? ", sorted by " + title(head) + ", " + (head.hasAttribute("data-number") ?
            (down ? "largest first" : "smallest first") : (down ? "Z to A" : "A to Z")) : "") +
          (view.length < found.length ? "; shown: " + (start + 1) + " to " + (start + view.length) : "") + ".";
      }
      render();
    }
    })();

    """#
}
