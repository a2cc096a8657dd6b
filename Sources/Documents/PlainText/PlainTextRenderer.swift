/// Writes the blocks of a document as aligned text.
struct PlainTextRenderer {
  let width: Int
  private var paragraphs: [String] = []

  init(width: Int) {
    self.width = width
  }

  /// The blocks with an empty line between them.
  var text: String {
    paragraphs.isEmpty ? "" : paragraphs.joined(separator: "\n\n") + "\n"
  }

  mutating func write(_ document: Document) {
    if !document.title.isEmpty {
      let title = wrapped(document.title)
      let longest = title.map(DisplayWidth.of).max() ?? 0
      var lines = title + [String(repeating: "═", count: longest)]
      if !document.subtitle.isEmpty { lines += wrapped(document.subtitle.plainText) }
      add(lines)
    }
    for block in document.blocks { write(block) }
  }

  mutating func write(_ block: Block) {
    switch block {
    case .heading(let text, _):
      let lines = wrapped(text)
      add(lines + [String(repeating: "─", count: lines.map(DisplayWidth.of).max() ?? 0)])
    case .paragraph(let text): add(wrapped(text.plainText))
    case .list(let items): add(items.flatMap { hanging("• ", $0.plainText) })
    case .facts(let list): add(lines(of: list))
    case .table(let table):
      var lines = PlainTextTable(table, width: width).lines
      if !table.title.isEmpty { lines.insert(DisplayWidth.fitting(VisibleText.line(table.title), width), at: 0) }
      add(lines)
    case .chart(let chart): add([chart.plainText(width: width)])
    case .gallery(let grid):
      if !grid.title.isEmpty { add(wrapped(grid.title)) }
      for card in grid.cards { add(lines(of: card)) }
    case .diagram(let diagram):
      let mark = diagram.nodes.map { "→ \($0.label)" + ($0.detail.isEmpty ? "" : "  \($0.detail)") }
      add(wrapped(diagram.title) + mark.map { DisplayWidth.fitting(VisibleText.line($0), width) })
    case .callout(let callout): add(hanging("\(callout.kind.label): ", callout.text.plainText))
    case .progress(let bar): add([line(of: bar)])
    case .details(let summary, let blocks):
      var inner = PlainTextRenderer(width: max(width - 2, 20))
      for block in blocks { inner.write(block) }
      let indented = inner.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
        $0.isEmpty ? "" : "  " + $0
      }
      add(wrapped(summary + ":") + indented)
    case .code(let code):
      add(VisibleText.lines(code).split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 })
    }
  }

  private mutating func add(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    paragraphs.append(lines.joined(separator: "\n"))
  }

  private func wrapped(_ text: String) -> [String] {
    WrappedText.lines(VisibleText.lines(text), width: width)
  }

  /// Lines of which all but the first stand below the text of the first.
  private func hanging(_ mark: String, _ text: String) -> [String] {
    let indent = DisplayWidth.of(mark)
    let lines = WrappedText.lines(VisibleText.lines(text), width: max(width - indent, 10))
    return lines.enumerated().map { ($0.offset == 0 ? mark : String(repeating: " ", count: indent)) + $0.element }
  }

  private func lines(of list: FactList) -> [String] {
    let facts = list.facts.map { (label: VisibleText.line($0.label), fact: $0) }
    let labelWidth = min(facts.map { DisplayWidth.of($0.label) }.max() ?? 0, max(width / 2, 8))
    return facts.flatMap { label, fact in
      let label = DisplayWidth.padded(DisplayWidth.fitting(label, labelWidth), labelWidth)
      let note = fact.note.isEmpty ? "" : "  (\(fact.note))"
      return hanging(label + "  ", fact.value + note)
    }
  }

  private func line(of bar: ProgressBar) -> String {
    let detail = bar.detail.isEmpty ? "" : "  " + VisibleText.line(bar.detail)
    let label = VisibleText.line(bar.label)
    guard let fraction = bar.clampedFraction else { return DisplayWidth.fitting("\(label) …\(detail)", width) }
    let percent = NumberFormat(.decimals(0), unit: "%", showsBounds: false).string(for: fraction)
    let track = BlockBar.text(fraction, width: 24)
    let text = "\(label)  \(track) \(DisplayWidth.padded(percent, 4, trailing: true))\(detail)"
    return DisplayWidth.fitting(text, width)
  }

  private func lines(of card: PictureCard) -> [String] {
    var lines = [DisplayWidth.fitting(VisibleText.line(card.caption), width)]
    if let verdict = card.verdict { lines.append("  " + VisibleText.line(verdict.markedText)) }
    for list in card.barLists {
      lines.append("  " + VisibleText.line(list.title))
      let labels = list.bars.map { VisibleText.line($0.label) }
      let values = list.bars.map { list.format.string(for: $0.value) }
      let labelWidth = min(labels.map(DisplayWidth.of).max() ?? 0, max(width - 34, 8))
      let valueWidth = values.map(DisplayWidth.of).max() ?? 0
      for (index, bar) in list.bars.enumerated() {
        let label = DisplayWidth.padded(DisplayWidth.fitting(labels[index], labelWidth), labelWidth)
        let value = DisplayWidth.padded(values[index], valueWidth, trailing: true)
        lines.append(
          "  \(bar.isMarked ? "›" : " ") \(label)  \(BlockBar.text(list.fraction(of: bar), width: 20))  \(value)")
      }
    }
    if !card.note.isEmpty { lines.append("  " + VisibleText.line(card.note)) }
    return lines
  }
}
