/// One source line as it is shown: tabs spread, invisible characters replaced, and every place mapped to a column.
struct DisplayedLine {
  /// The columns of the shown text, each with what stands there; a wide character's second column is empty.
  private var cells: [String] = []
  /// The shown column of each byte of the line, and one more for its end.
  private var columns: [Int] = []

  /// The line at a span of a source.
  init(_ span: SourceSpan, of source: SourceText) {
    var offset = span.start
    while offset < span.end, let (scalar, length) = source.scalar(at: offset) {
      let column = cells.count
      columns.append(contentsOf: repeatElement(column, count: length))
      offset += length
      let text = String(scalar)
      switch Self.width(of: scalar) {
      case _ where scalar == "\t": cells.append(contentsOf: repeatElement(" ", count: 4 - column % 4))
      case _ where scalar.properties.generalCategory == .control: cells.append("\u{FFFD}")
      case _ where scalar.isInvisible: break
      case 0: if let last = cells.indices.last { cells[last] += text } else { cells.append(" " + text) }
      case 2: cells += [text, ""]
      default: cells.append(text)
      }
    }
    columns.append(cells.count)
  }

  /// The shown column, from 0, of a place counted in bytes from the beginning of the line.
  func column(ofByte byte: Int) -> Int { columns[min(max(0, byte), columns.count - 1)] }

  /// The columns of a window, with an ellipsis on each side where something is cut off.
  func text(in window: Range<Int>) -> String {
    var shown = Array(cells[window.clamped(to: 0..<cells.count)])
    if window.lowerBound > 0, !shown.isEmpty { shown[0] = "…" }
    if window.upperBound < cells.count, !shown.isEmpty { shown[shown.count - 1] = "…" }
    return shown.joined()
  }

  /// A window of at most `width` columns with `column` in it: the whole line where that fits.
  func window(around column: Int, width: Int) -> Range<Int> {
    guard cells.count > width else { return 0..<cells.count }
    let start = column < width * 3 / 4 ? 0 : min(column - width / 2, cells.count - width)
    return start..<(start + width)
  }

  /// How many columns a terminal gives a scalar: none for marks, two for East Asian wide and emoji, otherwise one.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
