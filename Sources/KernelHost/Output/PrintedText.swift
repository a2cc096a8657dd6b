import JupyterMessaging

/// The text that one cell prints: what is to be shown of it, and the file with the whole where that is less.
struct PrintedText {
  private(set) var name = Stream.Name.stdout
  /// What waits to be sent.
  private(set) var pending = ""
  private var shown = ""
  private var overflow: Overflow?
  private let folder: String?
  private let executionCount: Int

  /// What is not shown.
  private struct Overflow {
    var file: OverflowFile?
    var byteCount = 0
    var tail = ""
    var isReported = false
  }

  init(folder: String?, executionCount: Int) {
    self.folder = folder
    self.executionCount = executionCount
  }

  /// Whether what is printed next is still shown.
  var isShown: Bool { overflow == nil }

  /// Whether text of the other stream waits, which is to be sent first.
  func mustFlush(before name: Stream.Name) -> Bool { name != self.name && !pending.isEmpty }

  /// Adds text; what goes beyond the limit is kept in the file.
  mutating func append(_ text: String, to name: Stream.Name) {
    guard overflow == nil else { return appendToOverflow(text) }
    self.name = name
    let room = StreamLimits.largestText - shown.utf8.count
    guard text.utf8.count > room else {
      pending += text
      shown += text
      return
    }
    let cut = text.lineEnd(within: room)
    pending += text[..<cut]
    shown += text[..<cut]
    var file = folder.flatMap { OverflowFile(folder: $0, executionCount: executionCount) }
    file?.append(shown)
    shown = ""
    overflow = Overflow(file: file)
    appendToOverflow(String(text[cut...]))
  }

  /// Takes what waits to be sent.
  mutating func takePending() -> String {
    defer { pending = "" }
    return pending
  }

  /// What to show at the end of the cell in place of what was not shown; nil where all was.
  mutating func ending() -> String? {
    guard var overflow, !overflow.isReported, overflow.byteCount > 0 else { return nil }
    overflow.file?.flush()
    overflow.isReported = true
    self.overflow = overflow
    let count = "\(overflow.byteCount.grouped) bytes more were printed"
    let place: String
    switch overflow.file {
    case let file? where file.isComplete: place = "the whole output is in \(file.path)"
    case let file?: place = "the first part of the output is in \(file.path), the disk or the file is full"
    case nil: place = "they could not be kept in a file"
    }
    let tail = overflow.tail.lastLines(within: StreamLimits.tailSize)
    return "\n… \(count); \(place)\n… the last lines:\n\(tail)"
  }

  private mutating func appendToOverflow(_ text: String) {
    overflow?.file?.append(text)
    overflow?.byteCount += text.utf8.count
    overflow?.tail += text
    if let tail = overflow?.tail, tail.utf8.count > 4 * StreamLimits.tailSize {
      overflow?.tail = tail.lastLines(within: 2 * StreamLimits.tailSize)
    }
  }
}

extension String {
  /// The place behind the last line break within the first `count` bytes, or else the last place between two scalars there.
  fileprivate func lineEnd(within count: Int) -> Index {
    let end = utf8.index(startIndex, offsetBy: max(0, count), limitedBy: endIndex) ?? endIndex
    if let lineBreak = utf8[..<end].lastIndex(of: UInt8(ascii: "\n")) { return utf8.index(after: lineBreak) }
    return scalarBoundary(at: end) { utf8.index(before: $0) }
  }

  /// The end of the text within `count` bytes, from the beginning of a line where there is one.
  fileprivate func lastLines(within count: Int) -> String {
    guard utf8.count > count else { return self }
    let start = utf8.index(endIndex, offsetBy: -count)
    if let lineBreak = utf8[start...].firstIndex(of: UInt8(ascii: "\n")), utf8.index(after: lineBreak) < endIndex {
      return String(self[utf8.index(after: lineBreak)...])
    }
    return String(self[scalarBoundary(at: start) { utf8.index(after: $0) }...])
  }

  private func scalarBoundary(at index: Index, step: (Index) -> Index) -> Index {
    var index = index
    while index > startIndex, index < endIndex, index.samePosition(in: unicodeScalars) == nil { index = step(index) }
    return index
  }
}

extension Int {
  /// The digits in groups of three.
  fileprivate var grouped: String {
    let digits = Array(description)
    return digits.indices.map { index in
      let separator = index > 0 && (digits.count - index).isMultiple(of: 3) ? "\u{202F}" : ""
      return separator + String(digits[index])
    }.joined()
  }
}
